using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class AlarmTests
{
    [Theory]
    [InlineData("smoke-gas", EventKind.Smoke, "b3", Severity.P1)]
    [InlineData("smoke-gas", EventKind.Fire, "b3", Severity.P0)]
    [InlineData("smoke-gas", EventKind.Gas, "b3", Severity.P0)]
    [InlineData("smoke-gas", EventKind.Co, null, Severity.P0)]
    [InlineData("water-leak", EventKind.WaterLeak, "b3", Severity.P1)]
    [InlineData("water-leak", EventKind.WaterLeak, null, Severity.P2)]
    [InlineData("water-leak", EventKind.Flood, null, Severity.P1)]
    public void Severity_goes_by_kind_and_place(string policy, EventKind kind, string? building, Severity severity)
    {
        var bench = new Bench(Make.Rule(policy), Make.Device("d1", building: building)).Event(0, "d1", kind);
        var change = bench.Changes.ShouldHaveSingleItem();
        change.Severity.ShouldBe(severity);
        change.Kind.ShouldBe(EventKinds.NameOf(kind));
        change.Key.ShouldBe($"yunqi/{policy}/d1/{EventKinds.NameOf(kind)}");
    }

    [Theory]
    [InlineData("b3")]
    [InlineData(null)]
    public void A_severity_that_the_rule_states_holds_everywhere(string? building)
    {
        var bench = new Bench(Make.Rule("water-leak").As(Severity.P3), Make.Device("d1", building: building)).Event(0, "d1", EventKind.WaterLeak);
        bench.Last.Severity.ShouldBe(Severity.P3);
        bench.Last.Dispatch.ShouldBe(Definitions.DispatchMode.Manual);
    }

    [Fact]
    public void A_stop_recovers_after_the_hold_unless_it_comes_back()
    {
        var bench = new Bench(Make.Rule("smoke-gas"), Make.Device("s1"));
        bench.Event(0, "s1", EventKind.Smoke, phase: EventPhase.Start).Event(30, "s1", EventKind.Smoke, phase: EventPhase.Stop);
        bench.Event(60, "s1", EventKind.Smoke, phase: EventPhase.Start).Event(90, "s1", EventKind.Smoke, phase: EventPhase.Stop).Advance(1000);
        bench.Moves.ShouldBe("Normal→Active@0 Active→Clearing@30 Clearing→Active@60 Active→Clearing@90 Clearing→Cleared@150");
    }

    [Fact]
    public void A_started_alarm_does_not_end_by_time()
    {
        var bench = new Bench(Make.Rule("smoke-gas"), Make.Device("s1"));
        bench.Event(0, "s1", EventKind.Smoke, phase: EventPhase.Start).Event(10, "s1", EventKind.Smoke).Advance(1_000_000);
        bench.Only().Phase.ShouldBe(ConditionPhase.Active);
    }

    [Fact]
    public void Pulses_end_when_no_other_came_for_a_while()
    {
        var bench = new Bench(Make.Rule("smoke-gas"), Make.Device("s1"));
        bench.Event(0, "s1", EventKind.Smoke).Event(500, "s1", EventKind.Smoke).Advance(10_000);
        bench.Moves.ShouldBe("Normal→Active@0 Active→Active@500 Active→Clearing@1100 Clearing→Cleared@1160");
        bench.Event(20_000, "s1", EventKind.Smoke).Last.FirstCause.ShouldBe("s1/e2");
    }

    [Fact]
    public void Self_tests_are_no_alarm()
    {
        var bench = new Bench(Make.Rule("smoke-gas"), Make.Device("s1"));
        bench.Event(0, "s1", EventKind.Smoke, """{"test":true}""").Event(1, "s1", EventKind.Fire, """{"test":"on"}""").Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Kinds_of_one_device_are_apart_and_the_text_names_the_place()
    {
        var bench = new Bench(Make.Rule("smoke-gas"), Make.Device("s1") with { Floor = 18, Unit = "1801" });
        bench.Event(0, "s1", EventKind.Smoke).Event(1, "s1", EventKind.Fire);
        bench.Rules.Conditions.Count.ShouldBe(2);
        bench.Last.Title.ShouldBe(new("3号楼18层1801室火警", "Fire at Building 3, floor 18, unit 1801"));
    }

    [Fact]
    public void Each_call_for_help_is_a_case_of_its_own()
    {
        var bench = new Bench(Make.Rule("duress"), Make.Device("p1"));
        bench.Event(0, "p1", EventKind.Duress, id: "a/1").Event(1, "p1", EventKind.Duress, id: "a2").Event(2, "p1", EventKind.Panic, id: "a3");
        bench.Event(3, "p1", EventKind.Duress, id: "a2");
        bench.Changes.Select(change => change.Key).ShouldBe(["yunqi/duress/p1/duress/a%2F1", "yunqi/duress/p1/duress/a2", "yunqi/duress/p1/panic/a3"]);
        bench.Changes.ShouldAllBe(change => change.Severity == Severity.P0 && change.To == ConditionPhase.Active);
        bench.Advance(700).Rules.Conditions.ShouldBeEmpty();
    }
}
