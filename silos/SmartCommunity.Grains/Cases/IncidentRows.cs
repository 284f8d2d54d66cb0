using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Grains.Cases;

/// <summary>What the live feed says of a transition: the case in short, and the step.</summary>
public static class IncidentRows
{
    /// <summary>The topic of the rows.</summary>
    public const string Topic = "incident";

    /// <summary>The row of a step; without one, of the case as it stands.</summary>
    public static OutboxRow Of(Incident incident, Transition? step)
    {
        var row = new IncidentRow(
            incident.Id.Value, incident.Community.Value, incident.Grid.Value, incident.Building?.Value, incident.Zone?.Value, incident.Kind, incident.Severity,
            step?.To ?? incident.State, incident.Condition, incident.Title.Zh, incident.Title.En, incident.OpenedAt, step?.At ?? incident.UpdatedAt, incident.Version, incident.IsOpen,
            step is null ? null : new(step.Seq, step.Command, step.From, step.To, step.Actor, step.Role, step.Reason, step.EventTime, step.At));
        return new(Topic, row.Community, row.Grid, row.Building ?? "", row.Id, CaseDocuments.Write(row).Json, row.UpdatedAt);
    }

    private sealed record IncidentRow(
        string Id, string Community, string Grid, string? Building, string? Zone, string Kind, Severity Severity, IncidentState State, ConditionPhase Condition,
        string Title, string TitleEn, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, long Version, bool Open, StepRow? Transition);

    private sealed record StepRow(
        int Seq, string Command, IncidentState? From, IncidentState To, string Actor, Role Role, string Reason, DateTimeOffset EventTime, DateTimeOffset At);
}
