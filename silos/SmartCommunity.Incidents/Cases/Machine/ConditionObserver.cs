using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Texts;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>What news of machine A do to a case. The condition is noted in every state; the state moves only by a step that says so.</summary>
internal static class ConditionObserver
{
    public static CaseDecision.Accepted Observe(Incident incident, CaseNews news, DateTimeOffset now, CaseMachineOptions options)
    {
        var steps = new CaseSteps(incident, now);
        AddEvidence(steps, news, options);
        if (news.Condition is { } phase && phase != incident.Condition)
        {
            var reason = news.Text ?? CaseTexts.ConditionChanged(incident.Condition, phase);
            steps.Take(StepCause.BySystem(SystemSteps.Condition, reason.Zh, news.EventTime), incident.State, steps.Now with { Condition = phase });
            React(steps, phase, news);
        }

        return steps.Accept();
    }

    private static void AddEvidence(CaseSteps steps, CaseNews news, CaseMachineOptions options)
    {
        var before = steps.Now;
        if (!before.IsOpen)
        {
            return;
        }

        var events = ListedEvents.New(before.Events, before.EventsInAll, news.Events.IsDefault ? [] : news.Events);
        var severity = news.Severity is { } raised && raised < before.Severity ? raised : before.Severity;
        if (events.IsEmpty && severity == before.Severity)
        {
            return;
        }

        var reason = severity != before.Severity ? CaseTexts.SeverityRaised(before.Severity, severity) : news.Text ?? CaseTexts.MoreEvents(events.Length);
        var cause = StepCause.BySystem(SystemSteps.Evidence, reason.Zh, news.EventTime) with { Evidence = [.. events.SelectMany(item => item.Evidence)] };
        steps.Take(cause, before.State, before with
        {
            Severity = severity,
            Events = ListedEvents.Add(before.Events, events, options.MaxListedEvents),
            EventsInAll = before.EventsInAll + events.Length,
            Devices = [.. before.Devices.Concat(events.Select(item => item.Device)).Distinct()],
        });
    }

    /// <summary>The one place where a condition moves a case.</summary>
    private static void React(CaseSteps steps, ConditionPhase phase, CaseNews news)
    {
        var incident = steps.Now;
        switch (phase, incident.State, incident.Severity)
        {
            // 自行恢复: nobody has been sent yet, and it is not grave. P0 and P1 are never closed by recovery.
            case (ConditionPhase.Cleared, IncidentState.Reported or IncidentState.Verifying or IncidentState.PendingRegistration, Severity.P2 or Severity.P3):
                Step(steps, CommandNames.Close, CaseTexts.Recovered, news, IncidentState.Closed, incident);
                break;

            // It was said to be dealt with, and is not.
            case (ConditionPhase.Active, IncidentState.Handled or IncidentState.Checking, _):
                Step(steps, CommandNames.Check, CaseTexts.ActiveAgain, news, IncidentState.Registered, incident with
                {
                    CheckPassed = false,
                    Rework = incident.Rework + 1,
                });
                break;
        }
    }

    private static void Step(CaseSteps steps, string command, LocalizedText reason, CaseNews news, IncidentState to, Incident changed) =>
        steps.Take(StepCause.BySystem(command, reason.Zh, news.EventTime), to, changed);
}
