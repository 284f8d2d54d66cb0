using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Tests.Cases.CaseFixture;

namespace SmartCommunity.Incidents.Tests.Cases;

public sealed class CommandTests
{
    [Fact]
    public void ThreePeopleTakeACaseFromDispatchToClosed()
    {
        var closed = Dispatched()
            .Do(CommandNames.Accept, Worker, Role.GridWorker)
            .Do(CommandNames.Arrive, Worker, Role.GridWorker)
            .Do(CommandNames.Feedback, Worker, Role.GridWorker)
            .Do(CommandNames.Check, Colleague, Role.Checker, command => command with { Passed = null })
            .Do(CommandNames.Check, Colleague, Role.Checker)
            .Do(CommandNames.Close, Officer, Role.DutyOfficer);

        closed.State.ShouldBe(IncidentState.Closed);
        closed.IsOpen.ShouldBeFalse();
        closed.Handler.ShouldBe(Worker);
        closed.Checker.ShouldBe(Colleague);
        closed.Condition.ShouldBe(ConditionPhase.Active);
        closed.TaskOf(Worker).ShouldBe(TaskState.Done);
    }

    [Fact]
    public void WhoAcceptsFirstHasIt()
    {
        var accepted = Dispatched().Do(CommandNames.Accept, Colleague, Role.Handler);

        accepted.Handler.ShouldBe(Colleague);
        accepted.TaskOf(Colleague).ShouldBe(TaskState.Accepted);
        accepted.TaskOf(Worker).ShouldBe(TaskState.Recalled);
        CaseMachine.Decide(accepted, Command(CommandNames.Accept, Worker, Role.GridWorker), Start).Refused().Fault.ShouldBe(RefusalFault.State);
    }

    [Fact]
    public void SomeoneWhoWasNotAskedMayTakeItOver()
    {
        var accepted = Dispatched().Do(CommandNames.Accept, Officer, Role.DutyOfficer);

        accepted.Handler.ShouldBe(Officer);
        accepted.Assignees.Single(assignment => assignment.Person == Officer).Role.ShouldBe(Role.DutyOfficer);
        accepted.TaskOf(Worker).ShouldBe(TaskState.Recalled);
        accepted.TaskOf(Colleague).ShouldBe(TaskState.Recalled);
    }

    [Fact]
    public void WhenNobodyIsLeftTheDispatcherMustFindSomeone()
    {
        var first = Dispatched().Do(CommandNames.Decline, Worker, Role.GridWorker);
        first.State.ShouldBe(IncidentState.Dispatched);
        first.TaskOf(Worker).ShouldBe(TaskState.Declined);

        var second = first.Do(CommandNames.Decline, Colleague, Role.GridWorker);
        second.State.ShouldBe(IncidentState.Registered);

        var again = second.Do(CommandNames.Dispatch, Officer, Role.Dispatcher, command => command with { Assignee = Worker });
        again.State.ShouldBe(IncidentState.Dispatched);
        again.TaskOf(Worker).ShouldBe(TaskState.Offered);
        again.Assignees.Length.ShouldBe(2);
    }

    [Fact]
    public void AFailedCheckSendsItBackForRework()
    {
        var handled = Dispatched().Do(CommandNames.Accept, Worker, Role.GridWorker).Do(CommandNames.Feedback, Worker, Role.GridWorker);
        var failed = handled.Do(CommandNames.Check, Officer, Role.DutyOfficer, command => command with { Passed = false });

        failed.State.ShouldBe(IncidentState.Registered);
        failed.Rework.ShouldBe(1);
        failed.CheckPassed.ShouldBe(false);

        var secondRound = failed.Do(CommandNames.Dispatch, Officer, Role.Dispatcher)
            .Do(CommandNames.Accept, Colleague, Role.Handler)
            .Do(CommandNames.Feedback, Colleague, Role.Handler);
        secondRound.CheckPassed.ShouldBeNull();
        secondRound.Rework.ShouldBe(1);
    }

    [Fact]
    public void TheHandlerMayNotCheckTheirOwnWork()
    {
        var handled = Dispatched().Do(CommandNames.Accept, Worker, Role.GridWorker).Do(CommandNames.Feedback, Worker, Role.GridWorker);
        var refusal = CaseMachine.Decide(handled, FullCommand(CommandNames.Check, Worker, Role.GridWorker, Role.DutyOfficer), Start).Refused();

        refusal.Fault.ShouldBe(RefusalFault.Person);
        refusal.Reason.Zh.ShouldBe("处置人不能核查自己处置的案卷，请由他人核查。");
        refusal.Allowed.ShouldBe([CommandNames.Comment]);
    }

    [Fact]
    public void WithoutAPassedCheckItIsNotClosed()
    {
        var checking = In(IncidentState.Checking);
        var refusal = CaseMachine.Decide(checking, Command(CommandNames.Close, Officer, Role.DutyOfficer), Start).Refused();

        refusal.Fault.ShouldBe(RefusalFault.State);
        refusal.Allowed.ShouldBe([CommandNames.Check, CommandNames.Comment]);
    }

    [Theory]
    [InlineData(CommandNames.Accept)]
    [InlineData(CommandNames.Arrive)]
    public void EndingACaseRecallsWhoWasOnTheWay(string last)
    {
        var working = Dispatched().Do(CommandNames.Accept, Worker, Role.GridWorker);
        working = last == CommandNames.Arrive ? working.Do(last, Worker, Role.GridWorker) : working;

        working.Do(CommandNames.Void, Officer, Role.DutyOfficer).TaskOf(Worker).ShouldBe(TaskState.Recalled);
        var falseAlarm = working.Do(CommandNames.FalseAlarm, Officer, Role.DutyOfficer);
        falseAlarm.TaskOf(Worker).ShouldBe(TaskState.Recalled);
        falseAlarm.FalseAlarm.ShouldBeTrue();
    }

    [Fact]
    public void MergingNamesTheOtherCase() =>
        In(IncidentState.Verifying).Do(CommandNames.Merge, Officer, Role.Acceptor).MergedInto.ShouldBe(IncidentId.FromTrusted("i-other"));

    [Fact]
    public void RegisteringFixesTheSeverity()
    {
        var pending = In(IncidentState.PendingRegistration, Severity.P2);
        pending.Do(CommandNames.Register, Officer, Role.DutyOfficer).Severity.ShouldBe(Severity.P2);
        pending.Do(CommandNames.Register, Officer, Role.DutyOfficer, command => command with { Severity = Severity.P0 }).Severity.ShouldBe(Severity.P0);
    }

    [Theory]
    [InlineData(CommandNames.Dispatch, IncidentState.Registered)]
    [InlineData(CommandNames.Decline, IncidentState.Dispatched)]
    [InlineData(CommandNames.Feedback, IncidentState.InProgress)]
    [InlineData(CommandNames.Check, IncidentState.Checking)]
    [InlineData(CommandNames.Void, IncidentState.InProgress)]
    [InlineData(CommandNames.Reject, IncidentState.Verifying)]
    [InlineData(CommandNames.Merge, IncidentState.Verifying)]
    [InlineData(CommandNames.Comment, IncidentState.Closed)]
    public void ACommandThatLacksSomethingIsToldWhat(string name, IncidentState state)
    {
        var incident = In(state) with { Handler = name == CommandNames.Check ? null : Worker };
        Role[] all = [Role.DutyOfficer, Role.Acceptor, Role.Dispatcher, Role.GridWorker];

        var refusal = CaseMachine.Decide(incident, Command(name, Worker, all), Start).Refused();
        refusal.Fault.ShouldBe(RefusalFault.Body);
        refusal.Allowed.Contains(name, StringComparer.Ordinal).ShouldBeTrue();
        CaseMachine.Decide(incident, FullCommand(name, Worker, all), Start).ShouldBeOfType<CaseDecision.Accepted>();
    }

    [Fact]
    public void ACaseIsNotMergedIntoItself()
    {
        var incident = In(IncidentState.Verifying);
        var command = FullCommand(CommandNames.Merge, Officer, Role.DutyOfficer) with { Into = incident.Id };
        CaseMachine.Decide(incident, command, Start).Refused().Fault.ShouldBe(RefusalFault.Body);
    }

    [Fact]
    public void AnUnknownCommandIsTheBodysFault() =>
        CaseMachine.Decide(Dispatched(), Command("explode", Officer, Role.DutyOfficer), Start).Refused().Fault.ShouldBe(RefusalFault.Body);

    [Fact]
    public void AStaleVersionIsRefusedBeforeAnythingElse()
    {
        var incident = In(IncidentState.Closed);
        var command = Command(CommandNames.Accept, Worker, Role.Resident) with { ExpectedVersion = incident.Version - 1 };
        CaseMachine.Decide(incident, command, Start).Refused().Fault.ShouldBe(RefusalFault.Version);
    }

    [Fact]
    public void NotesAndEvidenceAreBounded()
    {
        var options = new CaseMachineOptions { MaxNoteLength = 3, MaxEvidence = 1 };
        var command = FullCommand(CommandNames.Comment, Officer, Role.DutyOfficer);
        CaseMachine.Decide(Dispatched(), command with { Note = "1234" }, Start, options).Refused().Fault.ShouldBe(RefusalFault.Body);
        CaseMachine.Decide(Dispatched(), command with { Evidence = [new("a", "b"), new EvidenceLink("c", "d")] }, Start, options)
            .Refused().Fault.ShouldBe(RefusalFault.Body);
        CaseMachine.Decide(Dispatched(), command, Start, options).Accepted();
    }

    [Fact]
    public void AStepSaysWhoWhyAndInWhichRole()
    {
        var command = FullCommand(CommandNames.Reject, Officer, Role.Resident, Role.DutyOfficer) with { CommandId = "k-7" };
        var step = ((CaseDecision.Accepted)CaseMachine.Decide(In(IncidentState.Verifying), command, Start)).Steps.Single();

        (step.Actor, step.Role, step.Reason, step.CommandId).ShouldBe(("zhao", Role.DutyOfficer, "duplicate: 已查看", "k-7"));
        (step.From, step.To).ShouldBe((IncidentState.Verifying, IncidentState.Rejected));
        step.Evidence.Count.ShouldBe(1);
    }
}
