using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class FallingObjectTests
{
    private readonly Bench _bench = new([Make.Rule("falling-object")],
        [Make.Device("cam1", facade: "south"), Make.Device("cam2", facade: "south"), Make.Device("cam9")]);

    [Fact]
    public void A_throw_is_an_alarm_at_once_with_place_and_reason()
    {
        _bench.Event(0, "cam1", EventKind.FallingObject, """{"column":2,"floor":12}""", confidence: 0.93, id: "x1");

        var change = _bench.Changes.ShouldHaveSingleItem();
        change.Key.ShouldBe("yunqi/falling-object/b3/south/2");
        (change.From, change.To).ShouldBe((ConditionPhase.Normal, ConditionPhase.Active));
        (change.Kind, change.Severity, change.Dispatch).ShouldBe(("falling-object", Severity.P1, DispatchMode.Automatic));
        (change.Confidence, change.FirstCause, change.Momentary).ShouldBe((0.93, "cam1/x1", true));
        change.Events.ShouldHaveSingleItem().Id.ShouldBe("x1");
        change.Devices.ShouldHaveSingleItem().Id.Value.ShouldBe("cam1");
        change.Title.Zh.ShouldBe("3号楼南立面第2列高空抛物");
        change.Title.En.ShouldBe("Falling object at Building 3, south façade, column 2");
        change.Why.Zh.ShouldBe("cam1号设备在 08:00:00 发现高空抛物，约 12 层，置信度 93%（门槛 50%）。");
    }

    [Theory]
    [InlineData(119, "Normal→Active@0 Active→Active@119")]
    [InlineData(120, "Normal→Active@0 Active→Cleared@120 Cleared→Active@120")]
    public void Throws_within_the_window_are_one_occurrence(double second, string moves) =>
        _bench.Event(0, "cam1", EventKind.FallingObject).Event(second, "cam1", EventKind.FallingObject).Moves.ShouldBe(moves);

    [Fact]
    public void Every_throw_is_evidence_also_of_a_second_camera_and_prolongs_the_window()
    {
        _bench.Event(0, "cam1", EventKind.FallingObject, """{"column":2}""");
        _bench.Event(100, "cam2", EventKind.FallingObject, """{"column":"2"}""", id: "second");
        _bench.Last.Events.ShouldHaveSingleItem().Id.ShouldBe("second");
        _bench.Last.FirstCause.ShouldBe("cam1/e0");
        _bench.Last.Devices.Count.ShouldBe(2);
        _bench.Last.Why.Zh.ShouldContain("第 2 次");
        _bench.Advance(219).Changes.Count.ShouldBe(2);
        _bench.Advance(220).Moves.ShouldBe("Normal→Active@0 Active→Active@100 Active→Cleared@220");
    }

    [Fact]
    public void Other_facades_and_columns_are_other_cases()
    {
        _bench.Event(0, "cam1", EventKind.FallingObject, """{"column":2}""")
            .Event(1, "cam1", EventKind.FallingObject, """{"column":3}""")
            .Event(2, "cam1", EventKind.FallingObject, """{"column":2,"facade":"north"}""")
            .Event(3, "cam9", EventKind.FallingObject);
        _bench.Changes.Select(change => change.Key).ShouldBe(
        [
            "yunqi/falling-object/b3/south/2", "yunqi/falling-object/b3/south/3", "yunqi/falling-object/b3/north/2", "yunqi/falling-object/b3/-/-",
        ]);
        _bench.Last.Title.Zh.ShouldBe("3号楼高空抛物");
    }

    [Fact]
    public void A_doubtful_throw_opens_nothing_but_is_evidence()
    {
        _bench.Event(0, "cam1", EventKind.FallingObject, confidence: 0.49).Changes.ShouldBeEmpty();
        _bench.Event(1, "cam1", EventKind.FallingObject, confidence: 0.5).Event(2, "cam1", EventKind.FallingObject, confidence: 0.2);
        _bench.Moves.ShouldBe("Normal→Active@1 Active→Active@2");
    }

    [Fact]
    public void A_throw_that_arrives_late_is_still_evidence()
    {
        _bench.Event(10, "cam1", EventKind.FallingObject).Event(8, "cam2", EventKind.FallingObject, id: "late");
        _bench.Moves.ShouldBe("Normal→Active@10 Active→Active@8");
        _bench.Last.Events.ShouldHaveSingleItem().Id.ShouldBe("late");
    }

    [Fact]
    public void Hostile_columns_can_not_break_out_of_the_key()
    {
        _bench.Event(0, "cam1", EventKind.FallingObject, """{"column":"2/../x y%"}""");
        _bench.Last.Key.ShouldBe("yunqi/falling-object/b3/south/2%2F..%2Fx%20y%25");
    }
}
