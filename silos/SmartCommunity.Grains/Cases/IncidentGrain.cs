using Microsoft.Extensions.Logging;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Grains.Cases;

/// <summary>Owns one case: asks the case machine, stores what it decides, and tells the place.</summary>
public sealed class IncidentGrain(IIncidentStore store, TimeProvider time, ILogger<IncidentGrain> logger) : Grain, IIncidentGrain
{
    private Incident? _incident;

    private IncidentId Id => IncidentId.FromTrusted(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _incident = await store.FindAsync(Id, cancellationToken);

    /// <inheritdoc/>
    public async Task<RaiseAnswer> RaiseAsync(CaseDocument opening)
    {
        if (_incident is null)
        {
            var decision = CaseMachine.Open(CaseDocuments.Read<CaseOpening>(opening), time.GetUtcNow());
            var result = await StoreAsync(decision, expectedVersion: 0);
            if (result.Outcome == IncidentCommitOutcome.KeyTaken)
            {
                DeactivateOnIdle();
                return new(result.OpenCase!.Value.Value, RaiseOutcome.KeyTaken);
            }

            if (result.Outcome == IncidentCommitOutcome.Stored)
            {
                logger.IncidentOpened(Id.Value, decision.After.Severity.ToString(), decision.After.Title.Zh);
                return new(Id.Value, RaiseOutcome.Opened);
            }
        }

        return new(Id.Value, _incident!.IsOpen ? RaiseOutcome.OpenAlready : RaiseOutcome.EndedAlready);
    }

    /// <inheritdoc/>
    public async Task<bool> ObserveAsync(CaseDocument news)
    {
        var parsed = CaseDocuments.Read<CaseNews>(news);
        while (_incident is { IsOpen: true } incident)
        {
            var decision = CaseMachine.Observe(incident, parsed, time.GetUtcNow());
            if (decision.Steps.IsEmpty || (await StoreAsync(decision, incident.Version)).Outcome == IncidentCommitOutcome.Stored)
            {
                return true;
            }
        }

        // A replay of what the case knew before it ended is no news.
        return parsed.Events.Length > 0 && _incident is not null && parsed.Events.All(Knows);
    }

    /// <inheritdoc/>
    public async Task<CommandAnswer> CommandAsync(CaseDocument command)
    {
        var parsed = CaseDocuments.Read<IncidentCommand>(command);
        while (_incident is { } incident)
        {
            if (await store.FindCommandAsync(Id, parsed.CommandId, CancellationToken.None) is not null)
            {
                return Done(incident);
            }

            if (parsed.Into is { } into && into != Id && await store.FindAsync(into, CancellationToken.None) is not { IsOpen: true })
            {
                return MergeTargetMissing(incident, into);
            }

            switch (CaseMachine.Decide(incident, parsed, time.GetUtcNow()))
            {
                case CaseDecision.Refused refused:
                    return Refuse(incident, refused);
                case CaseDecision.Accepted accepted when (await StoreAsync(accepted, incident.Version)).Outcome == IncidentCommitOutcome.Stored:
                    logger.IncidentMoved(Id.Value, parsed.Name, parsed.Actor.Person.Value, accepted.After.State.ToString());
                    return Done(accepted.After);
            }
        }

        return new() { Outcome = CommandOutcome.NoSuchCase };
    }

    private async Task<IncidentCommitResult> StoreAsync(CaseDecision.Accepted decision, long expectedVersion)
    {
        var commit = new IncidentCommit
        {
            Incident = decision.After,
            ExpectedVersion = expectedVersion,
            Transitions = decision.Steps,
            Outbox = [.. decision.Steps.Select(step => IncidentRows.Of(decision.After, step))],
        };
        var result = await store.CommitAsync(commit, CancellationToken.None);
        switch (result.Outcome)
        {
            case IncidentCommitOutcome.Stored:
                _incident = decision.After;
                await TellPlaceAsync(decision.After);
                break;
            case IncidentCommitOutcome.VersionConflict:
                // Another activation was faster (a cluster that is healing): what it stored is what counts.
                _incident = await store.FindAsync(Id, CancellationToken.None);
                break;
        }

        return result;
    }

    private Task TellPlaceAsync(Incident incident)
    {
        IPlaceGrain place = incident.Building is { } building
            ? GrainFactory.GetGrain<IBuildingGrain>(PlaceKey.Of(incident.Community, building))
            : GrainFactory.GetGrain<IGridGrain>(PlaceKey.Of(incident.Community, incident.Grid));
        return place.CaseChangedAsync(new(incident.Key, incident.Id.Value, (byte)incident.Severity, incident.IsOpen));
    }

    private bool Knows(IncidentEvent item) => _incident!.Events.Any(known => known.Id == item.Id && known.Device == item.Device);

    private static CommandAnswer Done(Incident incident) => new() { Outcome = CommandOutcome.Done, Incident = CaseDocuments.Write(incident).Json };

    private static CommandAnswer Refuse(Incident incident, CaseDecision.Refused refused) => new()
    {
        Outcome = refused.Fault switch
        {
            RefusalFault.State => CommandOutcome.StateRefuses,
            RefusalFault.Person => CommandOutcome.PersonMayNot,
            RefusalFault.Version => CommandOutcome.VersionIsStale,
            _ => CommandOutcome.BodyIsIncomplete,
        },
        Incident = CaseDocuments.Write(incident).Json,
        ReasonZh = refused.Reason.Zh,
        ReasonEn = refused.Reason.En,
        Allowed = [.. refused.Allowed],
    };

    private static CommandAnswer MergeTargetMissing(Incident incident, IncidentId into) => new()
    {
        Outcome = CommandOutcome.BodyIsIncomplete,
        Incident = CaseDocuments.Write(incident).Json,
        ReasonZh = $"案卷 {into} 不存在或已结束，不能并入。",
        ReasonEn = $"There is no open case {into} to merge into.",
    };
}
