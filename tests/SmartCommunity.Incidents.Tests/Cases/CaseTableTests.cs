using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Tests.Cases;

/// <summary>Every state × command × role × standing against a table that was written down by hand from the design, section 4.</summary>
public sealed class CaseTableTests
{
    // command: states, who (@ how they must stand to the case), where it goes with a full command.
    private const string Design = """
        verify       B1          acceptor                                        B2
        verify       B2          acceptor,grid-worker,duty-officer               B3
        register     B3          duty-officer                                    B4
        dispatch     B4          dispatcher,duty-officer                         B5
        accept       B5          handler,grid-worker,duty-officer,staff@offered  B6
        decline      B5          staff@offered                                   B5
        arrive       B6          staff@handler                                   B6
        feedback     B6          staff@handler                                   B7
        check        B7,B8       checker@other,grid-worker@other,acceptor@other,duty-officer@other B8
        close        B8          duty-officer,property-manager                   B9
        void         B3,B4,B5,B6 duty-officer                                    X2
        reject       B1,B2       acceptor,duty-officer                           X1
        merge        B1,B2       acceptor,duty-officer                           X3
        false-alarm  B1          acceptor,duty-officer                           X1
        false-alarm  B2          acceptor,duty-officer,grid-worker               X1
        false-alarm  B3,B4,B5    acceptor,duty-officer                           X2
        false-alarm  B6          acceptor,duty-officer,grid-worker@on-scene      X2
        comment      *           staff                                           *
        """;

    private static readonly string[] Standings = ["other", "offered", "handler", "on-scene"];

    [Fact]
    public void EveryStateCommandRoleAndStandingIsAsDesigned()
    {
        var wrong = new List<string>();
        foreach (var state in CaseFixture.States)
        {
            foreach (var (command, role, standing) in Combinations())
            {
                var decision = CaseMachine.Decide(CaseOf(state, standing), CaseFixture.FullCommand(command, CaseFixture.Worker, role), CaseFixture.Start);
                var actual = decision switch
                {
                    CaseDecision.Accepted accepted => CodeOf(accepted.After.State),
                    CaseDecision.Refused refused => refused.Fault.ToString(),
                    _ => "?",
                };
                var expected = Expect(CodeOf(state), command, role, standing);
                if (actual != expected)
                {
                    wrong.Add($"{command} in {state} by {role} ({standing}): {actual}, designed {expected}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void AllowedCommandsAreExactlyThoseThatAreTaken()
    {
        foreach (var state in CaseFixture.States)
        {
            foreach (var (command, role, standing) in Combinations())
            {
                var incident = CaseOf(state, standing);
                var decision = CaseMachine.Decide(incident, CaseFixture.FullCommand(command, CaseFixture.Worker, role), CaseFixture.Start);
                var allowed = CaseMachine.AllowedCommands(incident, [role], CaseFixture.Worker);
                allowed.Contains(command, StringComparer.Ordinal).ShouldBe(decision is CaseDecision.Accepted, $"{command} in {state} by {role} ({standing})");
            }
        }
    }

    [Fact]
    public void TheTableNamesEveryCommandAndNoOther()
    {
        var names = typeof(CommandNames).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        CaseMachine.Commands.ShouldBe(names, ignoreOrder: true);
    }

    private static IEnumerable<(string Command, Role Role, string Standing)> Combinations() =>
        from command in CaseMachine.Commands
        from role in Enum.GetValues<Role>()
        from standing in Standings
        select (command, role, standing);

    private static Incident CaseOf(IncidentState state, string standing)
    {
        var task = standing switch { "offered" => TaskState.Offered, "handler" => TaskState.Accepted, "on-scene" => TaskState.OnScene, _ => TaskState.Declined };
        return CaseFixture.In(state) with
        {
            CheckPassed = true,
            Handler = standing is "handler" or "on-scene" ? CaseFixture.Worker : CaseFixture.Colleague,
            Assignees =
            [
                new(CaseFixture.Worker, Role.GridWorker, task, CaseFixture.Start),
                new(CaseFixture.Colleague, Role.GridWorker, TaskState.Offered, CaseFixture.Start),
            ],
        };
    }

    private static string Expect(string state, string command, Role role, string standing)
    {
        var rows = Design.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(row => row[0] == command && (row[1] == "*" || row[1].Split(',').Contains(state))).ToList();
        if (rows.Count == 0)
        {
            return nameof(RefusalFault.State);
        }

        var row = rows.Single();
        var admitted = row[2].Split(',').Select(who => who.Split('@')).Any(who => Holds(who[0], role) && (who.Length == 1 || Stands(who[1], standing)));
        return !admitted ? nameof(RefusalFault.Person) : row[3] == "*" ? state : row[3];
    }

    private static bool Holds(string who, Role role) => who == "staff"
        ? role is not (Role.System or Role.Resident or Role.Administrator)
        : who.Replace("-", "", StringComparison.Ordinal).Equals(role.ToString(), StringComparison.OrdinalIgnoreCase);

    private static bool Stands(string required, string standing) => required switch
    {
        "handler" => standing is "handler" or "on-scene",
        "other" => standing is "other" or "offered",
        _ => standing == required,
    };

    private static string CodeOf(IncidentState state) => state switch
    {
        IncidentState.Rejected => "X1",
        IncidentState.Void => "X2",
        IncidentState.Merged => "X3",
        IncidentState.Suspended => "H",
        _ => $"B{(int)state}",
    };
}
