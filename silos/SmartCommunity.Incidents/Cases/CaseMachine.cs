using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases.Machine;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases;

/// <summary>Machine B of the design, section 4: what becomes of a case. Pure: the same input gives the same decision.</summary>
public static class CaseMachine
{
    /// <summary>Every command of a person that the machine knows, in the order of a case's life.</summary>
    public static ImmutableArray<string> Commands => CaseTable.Commands;

    /// <summary>Opens a case and takes the steps that the system may take by itself.</summary>
    /// <param name="opening">What the rule knows.</param>
    /// <param name="now">The processing time.</param>
    /// <param name="options">The limits; null: the defaults.</param>
    public static CaseDecision.Accepted Open(CaseOpening opening, DateTimeOffset now, CaseMachineOptions? options = null) =>
        CaseOpener.Open(opening, now, options ?? CaseMachineOptions.Default);

    /// <summary>Answers a person's command.</summary>
    /// <remarks>
    /// Two checks are the caller's, because they need the store: whether the command id was answered before, and whether the case of
    /// <see cref="IncidentCommand.Into"/> is open.
    /// </remarks>
    /// <param name="incident">The case as it stands.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The processing time.</param>
    /// <param name="options">The limits; null: the defaults.</param>
    public static CaseDecision Decide(Incident incident, IncidentCommand command, DateTimeOffset now, CaseMachineOptions? options = null) =>
        CommandDecider.Decide(incident, command, now, options ?? CaseMachineOptions.Default);

    /// <summary>Takes news from the condition behind the case; accepted with no steps when they change nothing.</summary>
    /// <param name="incident">The case as it stands.</param>
    /// <param name="news">The news.</param>
    /// <param name="now">The processing time.</param>
    /// <param name="options">The limits; null: the defaults.</param>
    public static CaseDecision.Accepted Observe(Incident incident, CaseNews news, DateTimeOffset now, CaseMachineOptions? options = null) =>
        ConditionObserver.Observe(incident, news, now, options ?? CaseMachineOptions.Default);

    /// <summary>The commands that a person may give now, in the order of a case's life: the buttons of a screen.</summary>
    public static ImmutableArray<string> AllowedCommands(Incident incident, IReadOnlyList<Role> roles, PersonId person) =>
        CaseTable.Allowed(incident, new(person, roles));
}
