using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Communities.Files;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Cases;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Api.Tests.Support;

/// <summary>The grains that the API calls, without a host: cases by the real machine, places as the test sets them.</summary>
internal sealed class FakeGrains(FakeIncidentStore incidents, FakeDirectoryStore store, Func<CommunityDirectory> directory, TimeProvider time) : IGrainFactory
{
    private readonly ConcurrentDictionary<string, PlaceView> _places = new(StringComparer.Ordinal);

    /// <summary>Every command that reached a case.</summary>
    public ConcurrentQueue<IncidentCommand> Commands { get; } = [];

    /// <summary>What the next reading of a place throws.</summary>
    public Exception? Fault { get; set; }

    public void SetPlace(string key, PlaceView view) => _places[key] = view;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)(typeof(TGrainInterface).Name switch
        {
            nameof(IIncidentGrain) => new IncidentFake(this, primaryKey),
            nameof(ICommunityGrain) => new CommunityFake(this, primaryKey),
            _ => new PlaceFake(this, primaryKey),
        });

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable => throw new NotSupportedException();

    private sealed class IncidentFake(FakeGrains grains, string id) : IIncidentGrain
    {
        public Task<RaiseAnswer> RaiseAsync(CaseDocument opening) => throw new NotSupportedException();

        public Task<bool> ObserveAsync(CaseDocument news) => throw new NotSupportedException();

        public async Task<CommandAnswer> CommandAsync(CaseDocument command)
        {
            var wanted = CaseDocuments.Read<IncidentCommand>(command);
            grains.Commands.Enqueue(wanted);
            var incident = (await grains.Incidents.FindAsync(IncidentId.FromTrusted(id), CancellationToken.None))!;
            if (await grains.Incidents.FindCommandAsync(incident.Id, wanted.CommandId, CancellationToken.None) is not null)
            {
                return new() { Outcome = CommandOutcome.Done, Incident = CaseDocuments.Write(incident).Json };
            }

            switch (CaseMachine.Decide(incident, wanted, grains.Time.GetUtcNow()))
            {
                case CaseDecision.Accepted accepted:
                    await grains.Incidents.CommitAsync(
                        new() { Incident = accepted.After, ExpectedVersion = incident.Version, Transitions = accepted.Steps, Outbox = [] }, default);
                    return new() { Outcome = CommandOutcome.Done, Incident = CaseDocuments.Write(accepted.After).Json };
                case CaseDecision.Refused refused:
                    var outcome = refused.Fault switch
                    {
                        RefusalFault.State => CommandOutcome.StateRefuses,
                        RefusalFault.Person => CommandOutcome.PersonMayNot,
                        RefusalFault.Version => CommandOutcome.VersionIsStale,
                        _ => CommandOutcome.BodyIsIncomplete,
                    };
                    return new()
                    {
                        Outcome = outcome,
                        Incident = CaseDocuments.Write(incident).Json,
                        ReasonZh = refused.Reason.Zh,
                        ReasonEn = refused.Reason.En,
                        Allowed = [.. refused.Allowed],
                    };
                default:
                    throw new InvalidOperationException();
            }
        }
    }

    private FakeIncidentStore Incidents => incidents;

    private TimeProvider Time => time;

    private sealed class CommunityFake(FakeGrains grains, string id) : ICommunityGrain
    {
        public Task<PlaceSummary[]> ReadSummariesAsync() =>
            Task.FromResult<PlaceSummary[]>(
                [.. grains._places.Where(place => place.Key.StartsWith($"{id}/", StringComparison.Ordinal)).Select(place => place.Value.Summary)]);

        public Task ReportAsync(PlaceSummary summary) => throw new NotSupportedException();

        public Task<PutCommunityAnswer> PutAsync(PutCommunity request) => grains.PutAsync(CommunityId.FromTrusted(id), request);
    }

    private sealed class PlaceFake(FakeGrains grains, string key) : IBuildingGrain, IGridGrain
    {
        public Task<PlaceView> ReadAsync() => grains.Fault is { } fault
            ? Task.FromException<PlaceView>(fault)
            : Task.FromResult(grains._places.GetValueOrDefault(key) ?? SampleState.Silent(key));

        public Task<PartAnswer> IngestAsync(IngestPart part) => throw new NotSupportedException();

        public Task<GatewayPosition> CheckpointAsync(string gateway) => throw new NotSupportedException();

        public Task WakeAsync() => throw new NotSupportedException();

        public Task ReloadAsync(long version) => throw new NotSupportedException();

        public Task CaseChangedAsync(CaseNotice notice) => throw new NotSupportedException();
    }

    private async Task<PutCommunityAnswer> PutAsync(CommunityId id, PutCommunity request)
    {
        var version = directory().Find(id)?.Version ?? 0;
        var file = CommunityFile.Parse(request.File);
        if (request.ExpectedVersion is { } expected && expected != version)
        {
            return new() { Stored = false, Version = version };
        }

        if (file.Community is null)
        {
            return new()
            {
                Stored = false,
                Version = version,
                Problems = [.. file.Problems.Select(item => new FileProblemView(item.Path, item.Message, item.Hint))]
            };
        }

        (await store.WriteCommunityAsync(id, request.File, version, time.GetUtcNow(), request.Actor, CancellationToken.None)).ShouldBeTrue();
        return new() { Stored = true, Version = version + 1 };
    }
}
