using System.Collections.Immutable;
using System.Text;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Stores.Conformance;

/// <summary>Real cases, made by the case machine, to store.</summary>
public static class Cases
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly PersonId Officer = PersonId.Parse("zhao");

    /// <summary>A new case: registered and offered to one person.</summary>
    /// <param name="cause">What began it; makes the id.</param>
    /// <param name="key">The dedup key.</param>
    /// <param name="minutes">When it is opened.</param>
    /// <param name="change">What is different from a falling object at building b1.</param>
    public static CaseDecision.Accepted Open(string cause, string key, double minutes = 0, Func<CaseOpening, CaseOpening>? change = null)
    {
        var opening = new CaseOpening
        {
            Id = IncidentId.Derive(RuleId.Parse("falling"), key, cause),
            Community = CommunityId.Parse("c1"),
            Grid = GridId.Parse("g1"),
            Building = BuildingId.Parse("b1"),
            Kind = "falling-object",
            Severity = Severity.P1,
            Key = key,
            Title = new("1 号楼高空抛物", "Falling object at building 1"),
            Why = new(RuleId.Parse("falling"), 2, new("2 分钟内 3 次", "three times in 2 minutes")),
            Confidence = 0.9,
            DispatchAutomatically = true,
            EventTime = Start,
            Devices = [DeviceId.Parse("cam-1")],
            Events = [new(cause, DeviceId.Parse("cam-1"), "falling-object", Start, 0.9, [new("image/jpeg", "https://x/1.jpg")])],
            Candidates = [new(PersonId.Parse("wang"), Role.GridWorker, TaskState.Offered, Start)],
        };
        return CaseMachine.Open(change?.Invoke(opening) ?? opening, Start.AddMinutes(minutes));
    }

    /// <summary>The next step of a case.</summary>
    public static CaseDecision.Accepted Command(Incident incident, string name, string commandId = "k-1", Role role = Role.DutyOfficer)
    {
        var command = new IncidentCommand { Name = name, CommandId = commandId, Actor = new(Officer, [role]), Note = "说明" };
        return (CaseDecision.Accepted)CaseMachine.Decide(incident, command, Start.AddHours(1));
    }

    /// <summary>The commit of a decision, with an outbox row for each of its steps.</summary>
    public static IncidentCommit CommitOf(CaseDecision.Accepted decision) => new()
    {
        Incident = decision.After,
        ExpectedVersion = decision.After.Version - decision.Steps.Length,
        Transitions = decision.Steps,
        Outbox = [.. decision.Steps.Select(step => RowOf(decision.After, step))],
    };

    private static OutboxRow RowOf(Incident incident, Transition step) => new(
        "incident", "c1", "g1", "b1", incident.Id.Value, Encoding.UTF8.GetBytes($$"""{"seq":{{step.Seq}}}"""), Start);
}
