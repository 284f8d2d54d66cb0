using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Tests.Cases.CaseFixture;

namespace SmartCommunity.Incidents.Tests.Cases;

public sealed class OpeningTests
{
    [Theory]
    [InlineData(Severity.P0, 0.9, true, "Reported Dispatched")]
    [InlineData(Severity.P0, 0.1, true, "Reported Dispatched")]
    [InlineData(Severity.P0, 0.9, false, "Reported PendingRegistration")]
    [InlineData(Severity.P0, 0.1, false, "Reported Verifying")]
    [InlineData(Severity.P1, 0.9, true, "Reported PendingRegistration Registered Dispatched")]
    [InlineData(Severity.P3, 0.6, true, "Reported PendingRegistration Registered Dispatched")]
    [InlineData(Severity.P3, 0.59, true, "Reported Verifying")]
    [InlineData(Severity.P2, 0.9, false, "Reported PendingRegistration")]
    [InlineData(Severity.P2, double.NaN, false, "Reported Verifying")]
    public void ACaseGoesAsFarAsTheSystemMayTakeIt(Severity severity, double confidence, bool automatic, string path)
    {
        var opened = CaseMachine.Open(Opening(severity, confidence, automatic, Worker, Colleague), Start);

        string.Join(' ', opened.Steps.Select(step => step.To)).ShouldBe(path);
        opened.After.State.ShouldBe(opened.Steps[^1].To);
        opened.Steps[0].From.ShouldBeNull();
        opened.Steps.ShouldAllBe(step => step.Actor == "system" && step.Role == Role.System && step.Reason.Length > 0 && step.CommandId == null);
        opened.Steps.ShouldAllBe(step => step.EventTime == Start.AddSeconds(-2) && step.At == Start);
    }

    [Fact]
    public void TheCandidatesAreOfferedTheTask()
    {
        var incident = CaseMachine.Open(Opening(candidates: [Worker, Colleague, Worker]), Start).After;

        incident.Assignees.Select(assignment => assignment.Person).ShouldBe([Worker, Colleague]);
        incident.Assignees.ShouldAllBe(assignment => assignment.State == TaskState.Offered && assignment.Since == Start && assignment.Role == Role.GridWorker);
    }

    [Theory]
    [InlineData(Severity.P0)]
    [InlineData(Severity.P2)]
    public void WithoutACandidateItWaitsForADispatcher(Severity severity)
    {
        var incident = CaseMachine.Open(Opening(severity, 0.9), Start).After;

        incident.State.ShouldBe(IncidentState.Registered);
        incident.Assignees.ShouldBeEmpty();
    }

    [Fact]
    public void TheSnapshotHoldsWhatTheRuleKnows()
    {
        var opening = Opening(Severity.P2, automatic: false) with { Events = [Event("late", 5), Event("early", -9), Event("late", 5)] };
        var opened = CaseMachine.Open(opening, Start);
        var incident = opened.After;

        incident.ShouldSatisfyAllConditions(
            () => incident.Id.ShouldBe(opening.Id),
            () => incident.Key.ShouldBe(opening.Key),
            () => incident.Why.ShouldBe(opening.Why),
            () => incident.Condition.ShouldBe(ConditionPhase.Active),
            () => incident.OpenedAt.ShouldBe(Start),
            () => incident.Version.ShouldBe(opened.Steps.Length),
            () => incident.LastTransition.ShouldBe(opened.Steps.Length),
            () => incident.LastHash.ShouldBe(opened.Steps[^1].Hash),
            () => incident.Events.Select(item => item.Id).ShouldBe(["early", "late"]),
            () => incident.EventsInAll.ShouldBe(2));
    }

    [Fact]
    public void TheSameOpeningTwiceGivesTheSameCase() =>
        Json(CaseMachine.Open(Opening(candidates: [Worker]), Start)).ShouldBe(Json(CaseMachine.Open(Opening(candidates: [Worker]), Start)));

    [Fact]
    public void TheConfidenceThatSufficesIsAnOption()
    {
        var options = new CaseMachineOptions { SufficientConfidence = 0.95 };
        CaseMachine.Open(Opening(Severity.P2, 0.9, false), Start, options).After.State.ShouldBe(IncidentState.Verifying);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefusedByName() => Should.Throw<ArgumentOutOfRangeException>(new CaseMachineOptions { MaxListedEvents = 1 }.Check)
        .ParamName.ShouldBe(nameof(CaseMachineOptions.MaxListedEvents));
}
