using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Cases.IncidentState;
using static SmartCommunity.Incidents.People.Role;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Machine B as one table. A state and a command have at most one row; what has none is refused.</summary>
internal static class CaseTable
{
    private static readonly ImmutableArray<Role> Staff = [DutyOfficer, Acceptor, Dispatcher, GridWorker, Role.Handler, Checker, PropertyManager];
    private static readonly ImmutableArray<IncidentState> Anywhere = [.. Enum.GetValues<IncidentState>()];

    // In the order of a case's life, which is also the order of the buttons on a screen.
    private static readonly ImmutableArray<CaseRow> Rows =
    [
        // 信息采集: someone looks whether it is true.
        new(CommandNames.Verify, [Reported], As(Acceptor), To(Verifying)),
        new(CommandNames.Verify, [Verifying], As(Acceptor, GridWorker, DutyOfficer), To(PendingRegistration)),

        // 案卷建立: it becomes a case with a severity.
        new(CommandNames.Register, [PendingRegistration], As(DutyOfficer), To(Registered)) { Effect = Effects.FixSeverity },

        // 任务派遣: someone is asked to deal with it, and says yes or no.
        new(CommandNames.Dispatch, [Registered], As(Dispatcher, DutyOfficer), To(Dispatched)) { Needs = [Needs.Assignee], Effect = Effects.Offer },
        new(CommandNames.Accept, [Dispatched], [.. As(Role.Handler, GridWorker, DutyOfficer), .. When(Standing.Offered, Staff)], To(InProgress))
        {
            Effect = Effects.Accept,
        },
        new(CommandNames.Decline, [Dispatched], When(Standing.Offered, Staff), Targets.AfterDecline) { Needs = [Needs.Note], Effect = Effects.Decline },

        // 任务处理: only whoever accepted it reports on it.
        new(CommandNames.Arrive, [InProgress], When(Standing.Handler, Staff), To(InProgress)) { Effect = Effects.Arrive },
        new(CommandNames.Feedback, [InProgress], When(Standing.Handler, Staff), To(Handled)) { Needs = [Needs.NoteOrEvidence], Effect = Effects.Finish },

        // 核查结案: never by whoever handled it (invariant 8).
        new(CommandNames.Check, [Handled], When(Standing.NotHandler, Checkers), Targets.AfterCheck) { Effect = Effects.Check },
        new(CommandNames.Check, [Checking], When(Standing.NotHandler, Checkers), Targets.AfterCheck) { Needs = [Needs.Passed], Effect = Effects.Check },
        new(CommandNames.Close, [Checking], As(DutyOfficer, PropertyManager), To(Closed)) { Ready = Needs.PassedCheck },

        // The ways out before it is handled.
        new(CommandNames.Reject, [Reported, Verifying], As(Acceptor, DutyOfficer), To(Rejected)) { Needs = [Needs.ReasonCode] },
        new(CommandNames.Merge, [Reported, Verifying], As(Acceptor, DutyOfficer), To(Merged)) { Needs = [Needs.OtherCase], Effect = Effects.Merge },
        new(CommandNames.FalseAlarm, [Reported], As(Acceptor, DutyOfficer), To(Rejected)) { Effect = Effects.FalseAlarm },
        new(CommandNames.FalseAlarm, [Verifying], As(Acceptor, DutyOfficer, GridWorker), To(Rejected)) { Effect = Effects.FalseAlarm },
        new(CommandNames.FalseAlarm, [PendingRegistration, Registered, Dispatched], As(Acceptor, DutyOfficer), To(IncidentState.Void))
        {
            Effect = Effects.FalseAlarm,
        },
        new(CommandNames.FalseAlarm, [InProgress], [.. As(Acceptor, DutyOfficer), .. When(Standing.OnScene, [GridWorker])], To(IncidentState.Void))
        {
            Effect = Effects.FalseAlarm,
        },
        new(CommandNames.Void, [PendingRegistration, Registered, Dispatched, InProgress], As(DutyOfficer), To(IncidentState.Void))
        {
            Needs = [Needs.Note],
            Effect = Effects.Recall,
        },

        new(CommandNames.Comment, Anywhere, When(Standing.Any, Staff), Targets.Stay) { Needs = [Needs.Note] },
    ];

    private static readonly FrozenDictionary<(IncidentState State, string Command), CaseRow> ByStateAndCommand =
        Rows.SelectMany(row => row.From.Select(state => KeyValuePair.Create((state, row.Command), row))).ToFrozenDictionary();

    public static ImmutableArray<string> Commands { get; } = [.. Rows.Select(row => row.Command).Distinct(StringComparer.Ordinal)];

    private static ImmutableArray<Role> Checkers => [Checker, GridWorker, Acceptor, DutyOfficer];

    /// <summary>The row of a state and a command, or null: the state does not take it.</summary>
    public static CaseRow? Find(IncidentState state, string command) => ByStateAndCommand.GetValueOrDefault((state, command));

    public static ImmutableArray<string> Allowed(Incident incident, Actor actor) =>
    [
        .. Commands.Where(command => Find(incident.State, command) is { } row
            && row.Ready(incident) is null
            && row.Who.Any(grant => grant.Admits(incident, actor))),
    ];

    private static ImmutableArray<Grant> As(params ImmutableArray<Role> roles) => When(Standing.Any, roles);

    private static ImmutableArray<Grant> When(Standing standing, ImmutableArray<Role> roles) => [.. roles.Select(role => new Grant(role, standing))];

    private static Target To(IncidentState state) => (_, _) => state;
}
