using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Tests.Cases.CaseFixture;

namespace SmartCommunity.Incidents.Tests.Cases;

public sealed class ObserverTests
{
    [Fact]
    public void RecoveryClosesOnlyLightCasesThatNobodyWasSentTo()
    {
        foreach (var state in States)
        {
            foreach (var severity in Enum.GetValues<Severity>())
            {
                var observed = CaseMachine.Observe(In(state, severity), Phase(ConditionPhase.Cleared), Start);
                var closes = state <= IncidentState.PendingRegistration && severity >= Severity.P2;

                observed.After.State.ShouldBe(closes ? IncidentState.Closed : state, $"{state} {severity}");
                observed.After.Condition.ShouldBe(ConditionPhase.Cleared);
                string.Join(' ', observed.Steps.Select(step => step.Command)).ShouldBe(closes ? "condition close" : "condition");
            }
        }
    }

    [Fact]
    public void ActiveAgainFailsTheCheckAndNothingElse()
    {
        foreach (var state in States)
        {
            var quiet = In(state) with { Condition = ConditionPhase.Cleared, CheckPassed = true };
            var after = CaseMachine.Observe(quiet, Phase(ConditionPhase.Active), Start).After;
            var fails = state is IncidentState.Handled or IncidentState.Checking;

            after.State.ShouldBe(fails ? IncidentState.Registered : state);
            after.Rework.ShouldBe(fails ? 1 : 0);
            after.CheckPassed.ShouldBe(!fails);
        }
    }

    [Theory]
    [InlineData(ConditionPhase.Suspect)]
    [InlineData(ConditionPhase.Clearing)]
    [InlineData(ConditionPhase.Unknown)]
    public void OtherPhasesAreNotedAndMoveNothing(ConditionPhase phase)
    {
        var observed = CaseMachine.Observe(Dispatched(Severity.P3), Phase(phase), Start);

        observed.After.State.ShouldBe(IncidentState.Dispatched);
        observed.After.Condition.ShouldBe(phase);
        observed.Steps.Single().Reason.ShouldStartWith("告警中 → ");
    }

    [Fact]
    public void MoreEventsAreEvidenceAndCountOnce()
    {
        var before = Dispatched();
        var news = Phase(null) with { Events = [Event("e1"), Event("e2", 3, "cam-2"), Event("e2", 3, "cam-2")] };
        var observed = CaseMachine.Observe(before, news, Start.AddSeconds(9));

        observed.Steps.Single().Command.ShouldBe("evidence");
        observed.Steps.Single().EventTime.ShouldBe(news.EventTime);
        observed.Steps.Single().Evidence.Single().Uri.ShouldBe("/e/e2.jpg");
        observed.After.EventsInAll.ShouldBe(2);
        observed.After.Devices.Select(device => device.Value).ShouldBe(["cam-1", "cam-2"]);

        CaseMachine.Observe(observed.After, news, Start.AddSeconds(10)).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void TheListOfEventsIsBoundedAndKeepsTheFirst()
    {
        var options = new CaseMachineOptions { MaxListedEvents = 5 };
        var incident = Dispatched();
        for (var i = 2; i <= 30; i++)
        {
            incident = CaseMachine.Observe(incident, Phase(null) with { Events = [Event($"e{i}", i)] }, Start, options).After;
        }

        incident.Events.Select(item => item.Id).ShouldBe(["e1", "e27", "e28", "e29", "e30"]);
        incident.EventsInAll.ShouldBe(30);

        // A replay of the journal brings all of them again, also those that are no longer listed.
        var replay = Phase(null) with { Events = [Event("e1"), .. Enumerable.Range(2, 29).Select(i => Event($"e{i}", i))] };
        CaseMachine.Observe(incident, replay, Start, options).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void SeverityOnlyRises()
    {
        var raised = CaseMachine.Observe(Dispatched(Severity.P2), Phase(null) with { Severity = Severity.P0 }, Start);
        raised.After.Severity.ShouldBe(Severity.P0);
        raised.Steps.Single().Reason.ShouldBe("级别由 P2 升为 P0。");

        CaseMachine.Observe(raised.After, Phase(null) with { Severity = Severity.P3 }, Start).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void ARaisedSeverityCountsBeforeTheRecoveryThatCameWithIt()
    {
        var news = Phase(ConditionPhase.Cleared) with { Severity = Severity.P1 };
        CaseMachine.Observe(In(IncidentState.Verifying, Severity.P3), news, Start).After.State.ShouldBe(IncidentState.Verifying);
    }

    [Fact]
    public void AnEndedCaseTakesNoMoreEvidenceButNotesTheCondition()
    {
        var closed = In(IncidentState.Closed);
        var observed = CaseMachine.Observe(closed, Phase(ConditionPhase.Clearing) with { Events = [Event("e9")], Severity = Severity.P0 }, Start);

        observed.Steps.Single().Command.ShouldBe("condition");
        observed.After.EventsInAll.ShouldBe(closed.EventsInAll);
        observed.After.Severity.ShouldBe(closed.Severity);
    }

    [Fact]
    public void TheRulesOwnWordsAreTheReason() =>
        CaseMachine.Observe(Dispatched(), Phase(ConditionPhase.Unknown) with { Text = new("10 分钟没有数据", "silent") }, Start)
            .Steps.Single().Reason.ShouldBe("10 分钟没有数据");

    [Fact]
    public void StepsOfTheSystemAreTheSystems()
    {
        var steps = CaseMachine.Observe(In(IncidentState.Verifying, Severity.P3), Phase(ConditionPhase.Cleared), Start).Steps;
        steps.ShouldAllBe(step => step.Actor == "system" && step.Role == Role.System);
        steps[^1].Reason.ShouldBe("自行恢复，系统结案。");
    }

    private static CaseNews Phase(ConditionPhase? phase) => new() { Condition = phase, EventTime = Start.AddSeconds(4) };
}
