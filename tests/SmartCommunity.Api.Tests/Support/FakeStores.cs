using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Api.Tests.Support;

internal sealed class FakeCheckpointStore : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string, string), Checkpoint> _states = [];
    private int _writes;

    public ValueTask<Checkpoint?> ReadAsync(string name, string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_states.GetValueOrDefault((name, key)));
        }
    }

    public ValueTask<string?> WriteAsync(string name, string key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_states.GetValueOrDefault((name, key))?.ETag != expectedETag)
            {
                return ValueTask.FromResult<string?>(null);
            }

            var etag = $"{++_writes}";
            _states[(name, key)] = new(state, etag);
            return ValueTask.FromResult<string?>(etag);
        }
    }

    public ValueTask<bool> ClearAsync(string name, string key, string? expectedETag, CancellationToken cancellationToken) => throw new NotSupportedException();
}

internal sealed class FakeEventStore : IEventStore
{
    public List<StoredEvent> Events { get; } = [];

    public ValueTask AppendAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        Events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ExistsAsync(DeviceId device, string eventId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Events.Exists(item => item.Event.Device == device && item.Event.Id == eventId));

    public ValueTask<ImmutableArray<StoredEvent>> ListAsync(DeviceId device, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<StoredEvent>>(
            [.. Events.Where(item => item.Event.Device == device).OrderByDescending(item => item.Event.Time).Take(limit)]);
}

internal sealed class FakeTimeSeriesStore : ITimeSeriesStore
{
    public List<Sample> Samples { get; } = [];

    public ValueTask AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        Samples.AddRange(samples);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<SamplePoint>> ReadAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<SamplePoint>>(
            [.. Find(device, metric, from, to).Take(limit).Select(sample => new SamplePoint(sample.Time, sample.Value))]);

    public ValueTask<ImmutableArray<SampleBucket>> ReadBucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<SampleBucket>>(
        [
            .. Find(device, metric, from, to)
                .GroupBy(sample => sample.Time.ToUnixTimeMilliseconds() / (long)step.TotalMilliseconds * (long)step.TotalMilliseconds)
                .Select(group => new SampleBucket(
                    DateTimeOffset.FromUnixTimeMilliseconds(group.Key), group.Count(), group.Sum(item => item.Value), group.Min(item => item.Value),
                    group.Max(item => item.Value),
                    group.Last().Value)),
        ]);

    public ValueTask<ImmutableArray<Sample>> ReadLatestAsync(DeviceId device, CancellationToken cancellationToken) => throw new NotSupportedException();

    private IEnumerable<Sample> Find(DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to) =>
        Samples.Where(sample => sample.Device == device && sample.Metric == metric && sample.Time >= from && sample.Time < to).OrderBy(sample => sample.Time);
}

internal sealed class FakeDeadLetterStore : IDeadLetterStore
{
    public List<StoredDeadLetter> Letters { get; } = [];

    public ValueTask AppendAsync(IReadOnlyList<StoredDeadLetter> letters, CancellationToken cancellationToken)
    {
        Letters.AddRange(letters);
        return ValueTask.CompletedTask;
    }

    public ValueTask<DeadLetterPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var start = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var all = Letters.OrderByDescending(item => item.ReceivedAt).ToList();
        return ValueTask.FromResult(new DeadLetterPage([.. all.Skip(start).Take(limit)], start + limit < all.Count ? $"{start + limit}" : null));
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long>(Letters.Count);
}
