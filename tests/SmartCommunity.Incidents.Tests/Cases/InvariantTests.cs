using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using static SmartCommunity.Incidents.Tests.Cases.CaseFixture;

namespace SmartCommunity.Incidents.Tests.Cases;

/// <summary>The invariants of the design, section 4, that the machine alone can keep, over random lives of cases.</summary>
public sealed class InvariantTests
{
    private const int Lives = 800;
    private const int LongestLife = 50;

    [Fact]
    public void TheInvariantsHoldOverRandomLives()
    {
        var ends = new HashSet<IncidentState>();
        for (var seed = 1; seed <= Lives; seed++)
        {
            try
            {
                ends.Add(new RandomLife(seed).Live());
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
            }
        }

        // The walk is worth something only when it gets around.
        ends.ShouldBe(States.Except([IncidentState.Reported, IncidentState.Evaluated, IncidentState.Suspended]), ignoreOrder: true);
    }

    private sealed class RandomLife(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<Transition> _history = [];
        private DateTimeOffset _now = Start;

        public IncidentState Live()
        {
            var opened = CaseMachine.Open(Opening(Any<Severity>(), _random.NextDouble(), _random.Next(4) > 0, Worker, Colleague), _now);
            Record(null, opened);
            var incident = opened.After;
            for (var i = _random.Next(LongestLife); i > 0; i--)
            {
                _now = _now.AddSeconds(_random.Next(100));
                incident = _random.Next(6) == 0 ? Observe(incident) : Command(incident);
            }

            TransitionChain.Verify(_history).ShouldBeTrue("invariant 6: the chain");
            return incident.State;
        }

        private Incident Command(Incident before)
        {
            var command = AnyCommand(before);
            var text = Json(before);
            var decision = CaseMachine.Decide(before, command, _now);

            Json<object>(CaseMachine.Decide(before, command, _now)).ShouldBe(Json<object>(decision), "the same input, the same decision");
            Json(before).ShouldBe(text, "a decision changes no case in place");
            if (decision is not CaseDecision.Accepted accepted)
            {
                return before;
            }

            var after = accepted.After;
            Record(before, accepted);
            after.Condition.ShouldBe(before.Condition, "invariant 2: no command clears a condition");
            var stale = CaseMachine.Decide(after, command with { ExpectedVersion = before.Version }, _now);
            stale.Refused().Fault.ShouldBe(RefusalFault.Version, "invariant 5: the version it was decided on is gone");
            (after.State == IncidentState.Closed && before.State != IncidentState.Closed && after.CheckPassed != true).ShouldBeFalse("closed unchecked");
            return after;
        }

        private Incident Observe(Incident before)
        {
            var news = new CaseNews
            {
                Condition = _random.Next(3) == 0 ? null : Any<ConditionPhase>(),
                Events = _random.Next(2) == 0 ? [] : [Event($"e{_random.Next(9)}", _random.Next(60))],
                Severity = _random.Next(8) == 0 ? Any<Severity>() : null,
                EventTime = _now.AddSeconds(-1),
            };
            var accepted = CaseMachine.Observe(before, news, _now);
            Record(before, accepted);
            if (accepted.After.State == IncidentState.Closed && before.IsOpen)
            {
                accepted.After.Severity.ShouldBeOneOf(Severity.P2, Severity.P3);
                before.State.ShouldBeOneOf(IncidentState.Reported, IncidentState.Verifying, IncidentState.PendingRegistration);
            }

            CaseMachine.Observe(accepted.After, news, _now).Steps.ShouldBeEmpty("the same news again change nothing");
            return accepted.After;
        }

        private void Record(Incident? before, CaseDecision.Accepted accepted)
        {
            var after = accepted.After;
            var state = before?.State;
            foreach (var step in accepted.Steps)
            {
                step.From.ShouldBe(state, "invariant 6: steps join");
                step.Actor.ShouldNotBeEmpty("invariant 6: an actor");
                step.At.ShouldBe(_now, "invariant 6: the processing time");
                (step.From == IncidentState.Checking && step.To == IncidentState.Closed && after.Handler == after.Checker)
                    .ShouldBeFalse("invariant 8: nobody checks their own work");
                (step.From == IncidentState.Checking && step.To != IncidentState.Checking && step.Role != Role.System && step.Actor == after.Handler?.Value
                    && step.Command == CommandNames.Check).ShouldBeFalse("invariant 8: nor fails it");
                state = step.To;
            }

            after.State.ShouldBe(state!.Value);
            after.Version.ShouldBe((before?.Version ?? 0) + accepted.Steps.Length, "invariant 5: one version per change");
            after.Assignees.Select(assignment => assignment.Person).ShouldBeUnique();
            _history.AddRange(accepted.Steps);
            after.LastTransition.ShouldBe(_history.Count);
            after.LastHash.ShouldBe(_history[^1].Hash);
        }

        // Mostly commands that the state may take, so that lives get somewhere; now and then anything at all.
        private IncidentCommand AnyCommand(Incident incident)
        {
            var person = _random.Next(3) switch { 0 => Worker, 1 => Colleague, _ => Officer };
            Role[] roles = [Any<Role>(), Any<Role>(), Any<Role>()];
            var allowed = CaseMachine.AllowedCommands(incident, roles, person);
            var names = allowed.Length > 0 && _random.Next(5) > 0 ? allowed : CaseMachine.Commands;
            var name = names[_random.Next(names.Length)];
            return FullCommand(name, person, roles) with
            {
                Passed = _random.Next(4) switch { 0 => null, 1 => false, _ => true },
                Note = _random.Next(5) == 0 ? "" : "说明",
                Assignee = _random.Next(2) == 0 ? Worker : Colleague,
                ExpectedVersion = _random.Next(3) == 0 ? incident.Version : null,
            };
        }

        private T Any<T>() where T : struct, Enum
        {
            var values = Enum.GetValues<T>();
            return values[_random.Next(values.Length)];
        }
    }
}
