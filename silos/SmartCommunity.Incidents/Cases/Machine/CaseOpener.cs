using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Texts;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Opens cases: reports them, and takes the steps that a standing delegation of the rule covers.</summary>
internal static class CaseOpener
{
    public static CaseDecision.Accepted Open(CaseOpening opening, DateTimeOffset now, CaseMachineOptions options)
    {
        var steps = new CaseSteps(Draft(opening, now, options), now);
        Step(steps, opening, SystemSteps.Raise, opening.Why.Text, IncidentState.Reported);
        switch (PathOf(opening, options))
        {
            case OpeningPath.Verify:
                Step(steps, opening, CommandNames.Verify, CaseTexts.NeedsVerification(opening.Confidence), IncidentState.Verifying);
                break;
            case OpeningPath.Propose:
                Step(steps, opening, CommandNames.Verify, CaseTexts.ConfidenceSuffices(opening.Confidence), IncidentState.PendingRegistration);
                break;
            case OpeningPath.DispatchFirst:
                Offer(steps, opening, CaseTexts.DispatchedFirst, now);
                break;
            case OpeningPath.Delegated:
                Step(steps, opening, CommandNames.Verify, CaseTexts.ConfidenceSuffices(opening.Confidence), IncidentState.PendingRegistration);
                Step(steps, opening, CommandNames.Register, CaseTexts.RegisteredByDelegation(opening.Why.Rule), IncidentState.Registered);
                if (!opening.Candidates.IsDefaultOrEmpty)
                {
                    Offer(steps, opening, CaseTexts.DispatchedByDelegation(opening.Why.Rule), now);
                }

                break;
        }

        return steps.Accept();
    }

    /// <summary>What a new case needs first.</summary>
    /// <remarks>
    /// A P0 does not wait for certainty: it is dispatched first and verified by those who go (先派后核). Without anybody to offer it to, it is registered,
    /// and a dispatcher must find someone: a case that is dispatched to nobody would look attended to.
    /// </remarks>
    private static OpeningPath PathOf(CaseOpening opening, CaseMachineOptions options) => opening switch
    {
        { DispatchAutomatically: true, Severity: Severity.P0, Candidates.IsDefaultOrEmpty: false } => OpeningPath.DispatchFirst,
        { DispatchAutomatically: true, Severity: Severity.P0 } => OpeningPath.Delegated,
        _ when !(opening.Confidence >= options.SufficientConfidence) => OpeningPath.Verify,
        { DispatchAutomatically: true } => OpeningPath.Delegated,
        _ => OpeningPath.Propose,
    };

    private static Incident Draft(CaseOpening opening, DateTimeOffset now, CaseMachineOptions options)
    {
        var events = ListedEvents.New([], 0, opening.Events.IsDefault ? [] : opening.Events);
        return new()
        {
            Id = opening.Id,
            Community = opening.Community,
            Grid = opening.Grid,
            Building = opening.Building,
            Zone = opening.Zone,
            Kind = opening.Kind,
            Severity = opening.Severity,
            State = IncidentState.Reported,
            Condition = ConditionPhase.Active,
            Title = opening.Title,
            OpenedAt = now,
            UpdatedAt = now,
            Version = 0,
            Key = opening.Key,
            Why = opening.Why,
            Devices = opening.Devices.IsDefault ? [] : opening.Devices,
            Events = ListedEvents.Add([], events, options.MaxListedEvents),
            EventsInAll = events.Length,
        };
    }

    private static void Offer(CaseSteps steps, CaseOpening opening, LocalizedText reason, DateTimeOffset now)
    {
        ImmutableArray<Assignment> offers =
        [
            .. opening.Candidates.DistinctBy(candidate => candidate.Person).Select(candidate => candidate with { State = TaskState.Offered, Since = now }),
        ];
        var cause = StepCause.BySystem(CommandNames.Dispatch, reason.Zh, opening.EventTime);
        steps.Take(cause, IncidentState.Dispatched, steps.Now with { Assignees = offers });
    }

    private static void Step(CaseSteps steps, CaseOpening opening, string command, LocalizedText reason, IncidentState to) =>
        steps.Take(StepCause.BySystem(command, reason.Zh, opening.EventTime), to, steps.Now);

    private enum OpeningPath : byte
    {
        /// <summary>B1→B2: someone must look first.</summary>
        Verify,

        /// <summary>B1→B3: a duty officer registers it.</summary>
        Propose,

        /// <summary>B1→B5 at once.</summary>
        DispatchFirst,

        /// <summary>B1→B3→B4→B5 by the system.</summary>
        Delegated,
    }
}
