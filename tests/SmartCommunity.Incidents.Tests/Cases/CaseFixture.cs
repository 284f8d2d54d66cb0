using System.Collections.Immutable;
using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Tests.Cases;

/// <summary>Cases, commands and people to test with.</summary>
internal static class CaseFixture
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));
    public static readonly PersonId Worker = PersonId.Parse("wang");
    public static readonly PersonId Colleague = PersonId.Parse("li");
    public static readonly PersonId Officer = PersonId.Parse("zhao");

    public static CaseOpening Opening(Severity severity = Severity.P1, double confidence = 0.9, bool automatic = true, params PersonId[] candidates) => new()
    {
        Id = IncidentId.Derive(RuleId.Parse("falling-object"), "b1/south/3", "e1"),
        Community = CommunityId.Parse("c1"),
        Grid = GridId.Parse("g1"),
        Building = BuildingId.Parse("b1"),
        Kind = "falling-object",
        Severity = severity,
        Key = "b1/south/3",
        Title = new("高空抛物", "Falling object"),
        Why = new(RuleId.Parse("falling-object"), 3, new("2 分钟内 1 次", "once within 2 minutes")),
        Confidence = confidence,
        DispatchAutomatically = automatic,
        EventTime = Start.AddSeconds(-2),
        Devices = [DeviceId.Parse("cam-1")],
        Events = [Event("e1")],
        Candidates = [.. candidates.Select(person => new Assignment(person, Role.GridWorker, TaskState.Accepted, default))],
    };

    public static IncidentEvent Event(string id, double seconds = -2, string device = "cam-1") =>
        new(id, DeviceId.Parse(device), "falling-object", Start.AddSeconds(seconds), 0.9, [new("image/jpeg", $"/e/{id}.jpg")]);

    /// <summary>An open case, dispatched to the worker and their colleague.</summary>
    public static Incident Dispatched(Severity severity = Severity.P1) => CaseMachine.Open(Opening(severity, 0.9, true, Worker, Colleague), Start).After;

    /// <summary>A case in a state, whatever way led there.</summary>
    public static Incident In(IncidentState state, Severity severity = Severity.P2) => Dispatched(severity) with { State = state };

    public static IncidentCommand Command(string name, PersonId person, params Role[] roles) =>
        new() { Name = name, CommandId = "c-1", Actor = new(person, roles) };

    /// <summary>A command that brings everything that any command needs.</summary>
    public static IncidentCommand FullCommand(string name, PersonId person, params Role[] roles) => Command(name, person, roles) with
    {
        Note = "已查看",
        ReasonCode = "duplicate",
        Assignee = Colleague,
        Passed = true,
        Into = IncidentId.FromTrusted("i-other"),
        Evidence = [new EvidenceLink("image/jpeg", "/e/1.jpg")],
    };

    public static Incident Accepted(this CaseDecision decision) =>
        decision.ShouldBeOfType<CaseDecision.Accepted>((decision as CaseDecision.Refused)?.Reason.En).After;

    public static CaseDecision.Refused Refused(this CaseDecision decision) => decision.ShouldBeOfType<CaseDecision.Refused>();

    /// <summary>Gives a full command and expects that it is taken.</summary>
    public static Incident Do(this Incident incident, string name, PersonId person, Role role, Func<IncidentCommand, IncidentCommand>? change = null)
    {
        var command = FullCommand(name, person, role);
        return CaseMachine.Decide(incident, change?.Invoke(command) ?? command, Start.AddMinutes(1)).Accepted();
    }

    /// <summary>A case as text: immutable arrays compare by reference, texts by what is in them.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value);

    public static TaskState TaskOf(this Incident incident, PersonId person) => incident.Assignees.Single(assignment => assignment.Person == person).State;

    public static ImmutableArray<IncidentState> States { get; } = [.. Enum.GetValues<IncidentState>()];
}
