namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Where a case goes when that depends on more than the row.</summary>
internal static class Targets
{
    public static IncidentState Stay(Incident incident, IncidentCommand command) => incident.State;

    /// <summary>Somebody else may still accept it; if nobody is left, a dispatcher must find someone.</summary>
    public static IncidentState AfterDecline(Incident incident, IncidentCommand command) =>
        incident.Assignees.Any(assignment => assignment.State == TaskState.Offered && assignment.Person != command.Actor.Person)
            ? IncidentState.Dispatched
            : IncidentState.Registered;

    /// <summary>A failed check sends it back for rework; otherwise it is being checked, or waits there to be closed.</summary>
    public static IncidentState AfterCheck(Incident incident, IncidentCommand command) =>
        command.Passed is false ? IncidentState.Registered : IncidentState.Checking;
}
