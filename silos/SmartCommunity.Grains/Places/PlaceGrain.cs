using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Journal;
using SmartCommunity.Rules;
using SmartCommunity.Rules.Checkpoints;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Grains.Places;

/// <summary>What <see cref="BuildingGrain"/> and <see cref="GridGrain"/> have in common.</summary>
/// <remarks>
/// What a part says is in memory when <see cref="IngestAsync"/> returns, the incidents that follow are on disk, and the rest is on disk after the next checkpoint.
/// When an incident can not be stored, the grain gives up its memory: it starts again from its checkpoint, and the gateway sends again what that lacks.
/// </remarks>
public abstract class PlaceGrain(IPersistentState<PlaceState> state, PlaceServices services) : Grain, IPlaceGrain
{
    private readonly PlaceOutput _output = new();
    private readonly SampleFlight _sampleFlight = new(services.TimeSeries);
    private readonly OpenCases _openCases = new();
    private PlaceMemory _memory = new();
    private PlaceEngine _engine = null!;
    private CaseActions _actions = null!;
    private DateTimeOffset _clocksRunFrom;
    private bool _summaryChanged = true;
    private bool _memoryChanged;
    private bool _abandoned;

    /// <summary>The community and the name within it.</summary>
    protected (CommunityId Community, string Name) Place => PlaceKey.Parse(this.GetPrimaryKeyString());

    private PlaceOptions Options => services.Options.Value;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _memory = ReadMemory();
        _actions = new(GrainFactory, services.Directory, _openCases, services.Time);
        _clocksRunFrom = services.Time.GetUtcNow() + Options.BacklogPatience;
        TakeTopology();
        await ReadOpenCasesAsync(cancellationToken);
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(Options.TickPeriod, Options.TickPeriod) { KeepAlive = true });
        this.RegisterGrainTimer(_ => TellSummaryAsync(tellCommunity: true), new GrainTimerCreationOptions(Options.SummaryPeriod, Options.SummaryPeriod));
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!_abandoned)
        {
            // Without telling the community: a grain that ends wakes no other, or a stopping silo would never come to rest.
            await StoreAsync(tellCommunity: false);
        }
    }

    /// <inheritdoc/>
    public async Task<PartAnswer> IngestAsync(IngestPart part)
    {
        ThrowIfAbandoned();
        var seen = _memory.SeenThrough(part.Gateway);
        if (part.Previous > seen)
        {
            return new(Accepted: false, seen);
        }

        var now = services.Time.GetUtcNow();
        _clocksRunFrom = part.CaughtUp ? now : now + Options.BacklogPatience;
        TakeRecords(part, seen);
        await ActAsync();
        if (_output.Samples.Count >= Options.MaxPendingSamples)
        {
            await StoreAsync();
        }
        else if (_output.Samples.Count >= Options.MaxPendingSamples / 8 && _sampleFlight.HasLanded)
        {
            _output.Samples = _sampleFlight.Start(_output.Samples);
        }

        return new(Accepted: true, _memory.SeenThrough(part.Gateway));
    }

    /// <inheritdoc/>
    public async Task<GatewayPosition> CheckpointAsync(string gateway)
    {
        ThrowIfAbandoned();
        var seen = _memory.SeenThrough(gateway);
        await StoreAsync();
        return new(seen, seen);
    }

    /// <inheritdoc/>
    public Task<PlaceView> ReadAsync() => Task.FromResult(PlaceViews.Of(Summarize(), _engine, _memory));

    /// <inheritdoc/>
    public Task WakeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReloadAsync(long version)
    {
        TakeTopology();
        _summaryChanged = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CaseChangedAsync(CaseNotice notice)
    {
        _summaryChanged |= _openCases.Note(notice.Key, IncidentId.FromTrusted(notice.IncidentId), (Severity)notice.Severity, notice.IsOpen);
        return Task.CompletedTask;
    }

    /// <summary>The place in the topology, with the devices whose events this grain takes; null when the community file no longer has it.</summary>
    private protected abstract PlaceTopology? FindTopology(CommunitySnapshot community);

    private void TakeRecords(IngestPart part, long seen)
    {
        var records = new JournalRecordReader(part.Records.Span);
        while (records.TryRead(out var sequence, out var payload))
        {
            if (sequence <= seen)
            {
                continue;
            }

            try
            {
                _engine.Take(EventBatchCodec.Read(payload), part.Gateway, sequence, _output);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // One record that a rule can not stomach must not stop all that come behind it: it is kept with the reason.
                services.Logger.RecordNotProcessed(exception, sequence, part.Gateway, this.GetPrimaryKeyString());
                _output.DeadLetters.Add(new(part.Gateway, sequence, services.Time.GetUtcNow(), new("(journal record)", payload.ToArray(), null, "place", exception.Message)));
            }

            _memory.Seen[part.Gateway] = sequence;
            _memoryChanged = true;
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        if (_abandoned || now < _clocksRunFrom)
        {
            return;
        }

        _engine.Advance(now, _output);
        if (_output.Changes.Count > 0)
        {
            await ActAsync();

            // No record of a journal brings these changes back: they are on disk before anything else happens.
            await StoreAsync();
        }
    }

    private async Task ActAsync()
    {
        if (_output.Changes.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var change in _output.Changes)
            {
                await _actions.ApplyAsync(change);
            }

            _output.Changes.Clear();
            _memoryChanged = true;
            _summaryChanged = true;
        }
        catch (Exception exception)
        {
            _abandoned = true;
            services.Logger.PlaceRestarts(exception, this.GetPrimaryKeyString());
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task StoreAsync(bool tellCommunity = true)
    {
        await _sampleFlight.LandAsync();
        if (_output.Samples.Count > 0)
        {
            _output.Samples = _sampleFlight.Start(_output.Samples);
            await _sampleFlight.LandAsync();
        }

        if (_output.Events.Count > 0)
        {
            await services.Events.AppendAsync(_output.Events, CancellationToken.None);
            _output.Events.Clear();
        }

        if (_output.DeadLetters.Count > 0)
        {
            await services.DeadLetters.AppendAsync(_output.DeadLetters, CancellationToken.None);
            _output.DeadLetters.Clear();
        }

        await TellSummaryAsync(tellCommunity);
        if (_memoryChanged)
        {
            var rules = new ArrayBufferWriter<byte>();
            _engine.Rules.Save(rules);
            _memory.Rules = rules.WrittenMemory;
            state.State.Memory = PlaceMemoryCodec.Write(_memory);
            await state.WriteStateAsync();
            _memoryChanged = false;
        }
    }

    private async Task TellSummaryAsync(bool tellCommunity)
    {
        if (_abandoned || (!_summaryChanged && _output.ChangedDevices.Count == 0))
        {
            return;
        }

        _memory.Revision++;
        var now = services.Time.GetUtcNow();
        var summary = Summarize();
        var rows = _output.ChangedDevices.Where(_engine.Devices.ContainsKey)
            .Select(id => PlaceRows.Of(_engine.Devices[id], _memory.Device(id), now))
            .Append(PlaceRows.Of(summary, now));
        await services.Outbox.AppendAsync([.. rows], CancellationToken.None);
        _output.ChangedDevices.Clear();
        _summaryChanged = false;
        _memoryChanged = true;
        if (tellCommunity)
        {
            await GrainFactory.GetGrain<ICommunityGrain>(Place.Community.Value).ReportAsync(summary);
        }
    }

    private PlaceSummary Summarize()
    {
        var topology = services.Directory.Find(Place.Community) is { } community ? FindTopology(community) : null;
        return new()
        {
            Community = Place.Community.Value,
            Grid = topology?.Grid.Value ?? "",
            Building = topology?.Building?.Value ?? "",
            OpenCases = _openCases.Counts(),
            Devices = _engine.Devices.Count,
            DevicesOnline = _memory.Devices.Count(device => device.Value.Online == true && _engine.Devices.ContainsKey(device.Key)),
            Revision = _memory.Revision,
        };
    }

    private void TakeTopology()
    {
        var community = services.Directory.Find(Place.Community);
        var devices = (community is null ? null : FindTopology(community)?.Devices) ?? ImmutableArray<DeviceFacts>.Empty;
        var plan = RulePlan.Compile(community?.Community.Rules ?? [], devices, community?.RuleOptions);
        var rules = _engine?.Rules ?? new PlaceRules(plan);
        if (_engine is not null)
        {
            rules.Replace(plan);
        }
        else if (!_memory.Rules.IsEmpty)
        {
            Restore(rules);
        }

        _engine = new(_memory, rules, devices.ToFrozenDictionary(device => device.Id));
        services.Logger.PlaceStarted(this.GetPrimaryKeyString(), community?.Community.Rules.Length ?? 0, devices.Length, community?.Version ?? 0);
    }

    private void Restore(PlaceRules rules)
    {
        try
        {
            rules.Restore(_memory.Rules.Span);
        }
        catch (RuleStateException exception)
        {
            // What devices say from now on is evaluated; conditions that held are found again by their next event.
            services.Logger.MemoryUnreadable(exception, this.GetPrimaryKeyString());
        }
    }

    private async Task ReadOpenCasesAsync(CancellationToken cancellationToken)
    {
        var topology = services.Directory.Find(Place.Community) is { } community ? FindTopology(community) : null;
        if (topology is null)
        {
            return;
        }

        var query = new IncidentQuery { Community = Place.Community, Open = true, Grid = topology.Grid, Building = topology.Building, Limit = 500 };
        do
        {
            var page = await services.Incidents.ListAsync(query, cancellationToken);
            foreach (var incident in page.Items.Where(incident => incident.Building == topology.Building))
            {
                _openCases.Note(incident.Key, incident.Id, incident.Severity, isOpen: true);
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
    }

    private PlaceMemory ReadMemory()
    {
        try
        {
            return PlaceMemoryCodec.Read(state.State.Memory);
        }
        catch (InvalidDataException exception)
        {
            services.Logger.MemoryUnreadable(exception, this.GetPrimaryKeyString());
            return new();
        }
    }

    private void ThrowIfAbandoned()
    {
        if (_abandoned)
        {
            throw new InvalidOperationException($"{this.GetPrimaryKeyString()} starts again from its checkpoint; send the part again.");
        }
    }
}
