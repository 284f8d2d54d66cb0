using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Who may give a command: someone with a role, who also stands to the case as required.</summary>
/// <param name="Role">The role that they must hold, and in which they then act.</param>
/// <param name="Standing">How they must stand to the case.</param>
internal readonly record struct Grant(Role Role, Standing Standing)
{
    public bool Admits(Incident incident, Actor actor) => actor.Roles.Contains(Role) && Standing.IsMet(incident, actor.Person);
}

/// <summary>How a person stands to a case.</summary>
internal enum Standing : byte
{
    /// <summary>In any way.</summary>
    Any = 0,

    /// <summary>The task is offered to them.</summary>
    Offered = 1,

    /// <summary>They accepted it last.</summary>
    Handler = 2,

    /// <summary>Someone else accepted it last (invariant 8).</summary>
    NotHandler = 3,

    /// <summary>They work on it and have arrived.</summary>
    OnScene = 4,
}

internal static class StandingRules
{
    public static bool IsMet(this Standing standing, Incident incident, PersonId person) => standing switch
    {
        Standing.Any => true,
        Standing.Offered => Has(incident, person, TaskState.Offered),
        Standing.Handler => incident.Handler == person,
        Standing.NotHandler => incident.Handler != person,
        Standing.OnScene => Has(incident, person, TaskState.OnScene),
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "No such standing."),
    };

    private static bool Has(Incident incident, PersonId person, TaskState state) =>
        incident.Assignees.Any(assignment => assignment.Person == person && assignment.State == state);
}
