using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class DoorTests
{
    private readonly Bench _bench = new(Make.Rule("door"), Make.Device("door1"));

    [Fact]
    public void A_forced_door_is_an_alarm_at_once_and_closing_recovers()
    {
        _bench.Event(0, "door1", EventKind.DoorForced).Event(20, "door1", EventKind.DoorClosed);
        _bench.Moves.ShouldBe("Normal→Active@0 Active→Cleared@20");
        _bench.Changes[0].Key.ShouldBe("yunqi/door/door1/door-forced");
        (_bench.Changes[0].Kind, _bench.Changes[0].Severity).ShouldBe(("door-forced", Severity.P1));
        _bench.Changes[0].Why.Zh.ShouldBe("door1号设备在 08:00:00 报告门未经授权被强行打开。");
    }

    [Theory]
    [InlineData(59, "")]
    [InlineData(61, "Suspect→Active@60 Active→Cleared@61")]
    public void An_open_door_is_held_open_after_its_time(double closed, string moves) =>
        _bench.Event(0, "door1", EventKind.DoorOpened).Event(closed, "door1", EventKind.DoorClosed).Advance(600).Moves.ShouldBe(moves);

    [Fact]
    public void The_alarm_by_time_carries_the_opening_as_its_event()
    {
        _bench.Event(0, "door1", EventKind.DoorOpened, id: "open").Advance(60);
        var change = _bench.Changes.ShouldHaveSingleItem();
        change.Events.ShouldHaveSingleItem().Id.ShouldBe("open");
        (change.FirstCause, change.Kind, change.Severity).ShouldBe(("door1/open", "door-held-open", Severity.P2));
        change.Why.Zh.ShouldBe("door1号设备在 08:00:00 打开，超过1分没有关上。");
    }

    [Fact]
    public void Opening_again_does_not_start_the_time_anew() =>
        _bench.Event(0, "door1", EventKind.DoorOpened).Event(50, "door1", EventKind.DoorOpened).Advance(60).Moves.ShouldBe("Suspect→Active@60");

    [Fact]
    public void What_the_controller_says_itself_counts_at_once()
    {
        _bench.Event(0, "door1", EventKind.DoorOpened).Event(30, "door1", EventKind.DoorHeldOpen).Advance(600);
        _bench.Moves.ShouldBe("Suspect→Active@30");
        _bench.Last.Why.Zh.ShouldBe("door1号设备自 08:00:00 起打开，并在 08:00:30 报告门超时未关。");
    }

    [Fact]
    public void A_close_that_overtakes_its_opening_leaves_no_suspicion()
    {
        _bench.Event(50, "door1", EventKind.DoorClosed).Event(0, "door1", EventKind.DoorOpened).Advance(600);
        _bench.Changes.ShouldBeEmpty();
        _bench.Rules.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void Doors_of_one_controller_are_apart()
    {
        _bench.Event(0, "door1", EventKind.DoorOpened, """{"door":"A"}""").Event(10, "door1", EventKind.DoorClosed, """{"door":"B"}""").Advance(60);
        _bench.Last.Key.ShouldBe("yunqi/door/door1/A/door-held-open");
    }

    [Fact]
    public void A_rule_can_take_one_kind_only()
    {
        var bench = new Bench(Make.Rule("door", "kinds=door-forced"), Make.Device("door1"));
        bench.Event(0, "door1", EventKind.DoorOpened).Event(1, "door1", EventKind.DoorHeldOpen).Advance(600).Changes.ShouldBeEmpty();
        bench.Event(700, "door1", EventKind.DoorForced).Changes.Count.ShouldBe(1);
    }
}
