using System.Collections.Immutable;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Cases;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Definitions;

namespace SmartCommunity.Grains.Places;

/// <summary>Turns what conditions say into cases. A replay of the same changes finds the same cases.</summary>
internal sealed class CaseActions(IGrainFactory grains, CommunityDirectory directory, OpenCases open, TimeProvider time)
{
    /// <summary>Acts on one change; when it returns, what follows from it is on disk.</summary>
    public async Task ApplyAsync(ConditionChange change)
    {
        if (change.To is ConditionPhase.Normal or ConditionPhase.Suspect)
        {
            return;
        }

        var news = CaseDocuments.Write(NewsOf(change));
        if (open.Find(change.Key) is { } known)
        {
            if (await Case(known.Value).ObserveAsync(news))
            {
                return;
            }

            open.Note(change.Key, known, change.Severity, isOpen: false);
        }

        if (change.To == ConditionPhase.Active)
        {
            await RaiseAsync(change, news);
        }
    }

    private async Task RaiseAsync(ConditionChange change, CaseDocument news)
    {
        if (await RaiseAsync(change, change.FirstCause, news) || change.Events.Count == 0)
        {
            return;
        }

        // The case of this occurrence has ended, and here is something that it never saw: that is a case of its own.
        var unseen = $"{change.Events[^1].Device}/{change.Events[^1].Id}";
        if (unseen != change.FirstCause)
        {
            await RaiseAsync(change, unseen, news);
        }
    }

    /// <returns>False when the case that this cause raised before has ended without knowing the news.</returns>
    private async Task<bool> RaiseAsync(ConditionChange change, string cause, CaseDocument news)
    {
        var id = IncidentId.Derive(change.Rule, change.Key, cause);
        var answer = await Case(id.Value).RaiseAsync(CaseDocuments.Write(OpeningOf(change, id)));
        switch (answer.Outcome)
        {
            case RaiseOutcome.Opened:
                open.Note(change.Key, id, change.Severity, isOpen: true);
                return true;
            case RaiseOutcome.EndedAlready:
                return await Case(answer.IncidentId).ObserveAsync(news);
            default:
                var existing = IncidentId.FromTrusted(answer.IncidentId);
                open.Note(change.Key, existing, change.Severity, isOpen: true);
                return await Case(answer.IncidentId).ObserveAsync(news);
        }
    }

    private CaseOpening OpeningOf(ConditionChange change, IncidentId id)
    {
        var place = change.Devices[0];
        return new()
        {
            Id = id,
            Community = place.Community,
            Grid = place.Grid,
            Building = place.Building,
            Zone = place.Zone?.Id,
            Kind = change.Kind,
            Severity = change.Severity,
            Key = change.Key,
            Title = change.Title,
            Why = new(change.Rule, change.RuleVersion, change.Why),
            Confidence = change.Confidence,
            DispatchAutomatically = change.Dispatch == DispatchMode.Automatic,
            EventTime = change.At,
            Devices = [.. change.Devices.Select(device => device.Id)],
            Events = [.. change.Events.Select(EventOf)],
            Candidates = directory.Find(place.Community) is { } community ? CandidatesFor(community, place.Grid, change.Severity) : [],
        };
    }

    /// <summary>The grid's worker first, then who handles cases there; P0 goes to the duty officers too.</summary>
    private ImmutableArray<Assignment> CandidatesFor(CommunitySnapshot community, GridId grid, Severity severity)
    {
        var now = time.GetUtcNow();
        var candidates = ImmutableArray.CreateBuilder<Assignment>();
        if (community.Grids.TryGetValue(grid, out var home))
        {
            candidates.Add(new(home.Worker, Role.GridWorker, TaskState.Offered, now));
        }

        foreach (var person in community.Community.People.Where(person => person.Grids.IsEmpty || person.Grids.Contains(grid)))
        {
            Role? role = person.Roles.Contains(Role.Handler) ? Role.Handler
                : severity == Severity.P0 && person.Roles.Contains(Role.DutyOfficer) ? Role.DutyOfficer
                : null;
            if (role is { } offered && candidates.All(candidate => candidate.Person != person.Id))
            {
                candidates.Add(new(person.Id, offered, TaskState.Offered, now));
            }
        }

        return candidates.ToImmutable();
    }

    private static CaseNews NewsOf(ConditionChange change) => new()
    {
        Condition = change.To,
        Events = [.. change.Events.Select(EventOf)],
        Severity = change.Severity,
        EventTime = change.At,
        Text = change.Why,
    };

    private static IncidentEvent EventOf(CommunityEvent item) => new(item.Id, item.Device, EventKinds.NameOf(item.Kind), item.Time, item.Confidence, item.Evidence);

    private IIncidentGrain Case(string id) => grains.GetGrain<IIncidentGrain>(id);
}
