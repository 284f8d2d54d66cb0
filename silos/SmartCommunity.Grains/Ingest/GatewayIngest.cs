using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Grains.Ingest;

/// <summary>One gateway's stream: splits batches, sends the parts in order, and knows what is accepted and what is durable.</summary>
internal sealed class GatewayIngest(
    string gateway, IGrainFactory grains, CommunityDirectory directory, IDeadLetterStore deadLetters, TimeProvider time, IngestOptions options, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PlaceCursor> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<DeviceId, PlaceCursor?> _byDevice = [];
    private ImmutableArray<CommunitySnapshot> _routedBy;
    private AcceptedRanges? _accepted;
    private Task _checkpoint = Task.CompletedTask;
    private long _checkpointedAt = time.GetTimestamp();

    public async Task<IngestReply> TakeAsync(GatewayBatch batch, CancellationToken cancellationToken)
    {
        List<SentPart> parts;
        PartSplitter splitter;
        lock (_gate)
        {
            // What came before this process may not be durable: the stream begins at what the gateway knows to be durable, or not at all.
            if (_accepted is null && batch.FirstSequence > batch.DurableThrough + 1)
            {
                return new(IngestReplyOutcome.Rewind, batch.DurableThrough, batch.DurableThrough, batch.DurableThrough);
            }

            _accepted ??= new(batch.FirstSequence - 1);
            splitter = new(batch, FindPlace, time.GetUtcNow());
            splitter.Split();
            parts = SendParts(splitter, batch);
        }

        try
        {
            if (splitter.DeadLetters.Count > 0)
            {
                await deadLetters.AppendAsync(splitter.DeadLetters, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.BatchNotTaken(exception, gateway, batch.LastSequence);
            await Task.WhenAll(parts.Select(part => part.SettleAsync(_gate)));
            return Reply(IngestReplyOutcome.Unavailable);
        }

        await Task.WhenAll(parts.Select(part => part.SettleAsync(_gate)));
        return Conclude(batch, parts);
    }

    private List<SentPart> SendParts(PartSplitter splitter, GatewayBatch batch)
    {
        var parts = new List<SentPart>(splitter.Parts.Count);
        foreach (var (place, part) in splitter.Parts)
        {
            var previous = place.Send(part.Last);
            parts.Add(new(place, previous, part.First, part.Last, place.Grain.IngestAsync(new(gateway, previous, part.Records, batch.CaughtUp))));
        }

        return parts;
    }

    private IngestReply Conclude(GatewayBatch batch, List<SentPart> parts)
    {
        if (parts.Find(part => part.Failure is not null) is { Failure: { } failure })
        {
            logger.BatchNotTaken(failure, gateway, batch.LastSequence);
            return Reply(IngestReplyOutcome.Unavailable);
        }

        if (parts.Exists(part => part.RewindTo is not null))
        {
            return Reply(IngestReplyOutcome.Rewind, parts.Min(part => part.RewindTo ?? long.MaxValue));
        }

        lock (_gate)
        {
            if (batch.LastSequence >= batch.FirstSequence)
            {
                _accepted!.Add(batch.FirstSequence, batch.LastSequence);
            }

            StartCheckpointWhenDue();
        }

        return Reply(IngestReplyOutcome.Accepted);
    }

    private IngestReply Reply(IngestReplyOutcome outcome, long rewindTo = 0)
    {
        lock (_gate)
        {
            var accepted = _accepted!.Through;
            var durable = accepted;
            foreach (var place in _places.Values)
            {
                durable = Math.Min(durable, place.FirstNotDurable - 1 ?? long.MaxValue);
            }

            return new(outcome, accepted, durable, rewindTo);
        }
    }

    private void StartCheckpointWhenDue()
    {
        if (_checkpoint.IsCompleted && time.GetElapsedTime(_checkpointedAt) >= options.CheckpointPeriod)
        {
            _checkpointedAt = time.GetTimestamp();
            _checkpoint = CheckpointAsync([.. _places.Where(place => place.Value.FirstNotDurable is not null)]);
        }
    }

    private async Task CheckpointAsync(ImmutableArray<KeyValuePair<string, PlaceCursor>> places)
    {
        await Task.WhenAll(places.Select(async place =>
        {
            try
            {
                var position = await place.Value.Grain.CheckpointAsync(gateway);
                lock (_gate)
                {
                    place.Value.MakeDurable(position.DurableThrough);
                }
            }
            catch (Exception exception)
            {
                // The next round tries again; until then the gateway keeps its journal.
                logger.CheckpointFailed(exception, place.Key);
            }
        }));
    }

    private PlaceCursor? FindPlace(DeviceId device)
    {
        if (_routedBy != directory.Communities)
        {
            _routedBy = directory.Communities;
            _byDevice.Clear();
        }

        if (!_byDevice.TryGetValue(device, out var place))
        {
            _byDevice[device] = place = directory.TryFindDevice(device, out var facts) ? PlaceOf(facts) : null;
        }

        return place;
    }

    private PlaceCursor PlaceOf(Rules.Places.DeviceFacts facts)
    {
        var key = facts.Building is { } building ? PlaceKey.Of(facts.Community, building) : PlaceKey.Of(facts.Community, facts.Grid);
        var name = facts.Building is null ? "grid " + key : "building " + key;
        if (!_places.TryGetValue(name, out var place))
        {
            IPlaceGrain grain = facts.Building is null ? grains.GetGrain<IGridGrain>(key) : grains.GetGrain<IBuildingGrain>(key);
            _places[name] = place = new(grain);
        }

        return place;
    }
}
