using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>What commands change in a case besides its state.</summary>
internal static class Effects
{
    public static Incident Nothing(Incident incident, IncidentCommand command, DateTimeOffset now) => incident;

    public static Incident FixSeverity(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Severity = command.Severity ?? incident.Severity };

    /// <summary>The machine knows the person, not their posts: they are asked to come as handler.</summary>
    public static Incident Offer(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Assignees = Assign(incident.Assignees, new(command.Assignee!.Value, Role.Handler, TaskState.Offered, now)) };

    /// <summary>Whoever accepts has it; the offers to all others are withdrawn.</summary>
    public static Incident Accept(Incident incident, IncidentCommand command, DateTimeOffset now)
    {
        var person = command.Actor.Person;
        var role = incident.Assignees.FirstOrDefault(assignment => assignment.Person == person)?.Role ?? RoleOf(command, CommandNames.Accept, incident);
        var others = Recall(incident.Assignees, now);
        return incident with { Handler = person, Assignees = Assign(others, new(person, role, TaskState.Accepted, now)) };
    }

    public static Incident Decline(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Assignees = Move(incident.Assignees, command.Actor.Person, TaskState.Declined, now) };

    public static Incident Arrive(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Assignees = Move(incident.Assignees, command.Actor.Person, TaskState.OnScene, now) };

    /// <summary>With the feedback a new round of checking begins.</summary>
    public static Incident Finish(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Assignees = Move(incident.Assignees, command.Actor.Person, TaskState.Done, now), CheckPassed = null };

    public static Incident Check(Incident incident, IncidentCommand command, DateTimeOffset now) => incident with
    {
        Checker = command.Actor.Person,
        CheckPassed = command.Passed ?? incident.CheckPassed,
        Rework = incident.Rework + (command.Passed is false ? 1 : 0),
    };

    public static Incident Merge(Incident incident, IncidentCommand command, DateTimeOffset now) => incident with { MergedInto = command.Into };

    public static Incident FalseAlarm(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        Recall(incident, command, now) with { FalseAlarm = true };

    /// <summary>Nobody needs to come any more.</summary>
    public static Incident Recall(Incident incident, IncidentCommand command, DateTimeOffset now) =>
        incident with { Assignees = Recall(incident.Assignees, now) };

    private static Role RoleOf(IncidentCommand command, string name, Incident incident) =>
        CaseTable.Find(incident.State, name)!.Who.First(grant => grant.Admits(incident, command.Actor)).Role;

    private static ImmutableArray<Assignment> Recall(ImmutableArray<Assignment> assignees, DateTimeOffset now) =>
    [
        .. assignees.Select(assignment => assignment.State is TaskState.Offered or TaskState.Accepted or TaskState.EnRoute or TaskState.OnScene
            ? assignment with { State = TaskState.Recalled, Since = now }
            : assignment),
    ];

    private static ImmutableArray<Assignment> Move(ImmutableArray<Assignment> assignees, PersonId person, TaskState state, DateTimeOffset now) =>
        [.. assignees.Select(assignment => assignment.Person == person ? assignment with { State = state, Since = now } : assignment)];

    // One entry per person: a second offer, after rework, takes the place of the first.
    private static ImmutableArray<Assignment> Assign(ImmutableArray<Assignment> assignees, Assignment assignment)
    {
        var index = assignees.ToList().FindIndex(candidate => candidate.Person == assignment.Person);
        return index < 0 ? assignees.Add(assignment) : assignees.SetItem(index, assignment);
    }
}
