using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class IllegalParkingTests
{
    private readonly Bench _bench = new([Make.Rule("illegal-parking", "hold=0s")],
    [
        Make.Device("lane", building: null, zone: "z-lane"),
        Make.Device("fire", building: null, zone: "z-fire", zoneKind: "fire-lane"),
        Make.Device("gate", building: null, zone: "z-gate", zoneKind: "gate"),
        Make.Device("garage", building: null, zone: "z-garage", zoneKind: "garage"),
        Make.Device("limited", building: null, zone: "z-limited", zoneKind: "garage", grace: TimeSpan.FromMinutes(2)),
        Make.Device("bare", building: null),
    ]);

    [Theory]
    [InlineData("lane", 300, Severity.P2)]
    [InlineData("fire", 0, Severity.P1)]
    [InlineData("gate", 60, Severity.P2)]
    [InlineData("limited", 120, Severity.P2)]
    [InlineData("bare", 300, Severity.P2)]
    public void Grace_goes_by_zone(string device, double grace, Severity severity)
    {
        _bench.Event(0, device, EventKind.VehiclePresent, """{"plate":"沪A12345"}""");
        if (grace > 0)
        {
            _bench.Only().Phase.ShouldBe(ConditionPhase.Suspect);
            _bench.Advance(grace - 1).Changes.ShouldBeEmpty();
        }

        _bench.Advance(grace).Last.At.ShouldBe(Bench.At(grace));
        _bench.Last.To.ShouldBe(ConditionPhase.Active);
        _bench.Last.Severity.ShouldBe(severity);
        _bench.Last.Events.ShouldHaveSingleItem().Kind.ShouldBe(EventKind.VehiclePresent);
    }

    [Fact]
    public void In_a_garage_vehicles_may_stand() =>
        _bench.Event(0, "garage", EventKind.VehiclePresent).Advance(100_000).Changes.ShouldBeEmpty();

    [Fact]
    public void Leaving_in_time_is_no_alarm_and_leaving_later_recovers()
    {
        _bench.Event(0, "lane", EventKind.VehiclePresent, """{"plate":"A1"}""").Event(299, "lane", EventKind.VehicleLeft, """{"plate":"A1"}""").Advance(1000);
        _bench.Changes.ShouldBeEmpty();
        _bench.Event(2000, "lane", EventKind.VehiclePresent, """{"plate":"A1"}""").Event(2400, "lane", EventKind.VehicleLeft, """{"plate":"A1"}""");
        _bench.Moves.ShouldBe("Suspect→Active@2300 Active→Cleared@2400");
        _bench.Last.Events.ShouldHaveSingleItem().Kind.ShouldBe(EventKind.VehicleLeft);
    }

    [Fact]
    public void Standing_counts_from_when_the_camera_says_it_began()
    {
        _bench.Event(400, "lane", EventKind.VehiclePresent, $$"""{"plate":"A1","since":"{{Bench.At(0):O}}"}""");
        _bench.Moves.ShouldBe("Normal→Active@400");
        _bench.Last.Why.Zh.ShouldBe("lane号设备报告该车自 08:00:00 起停在北侧通道，到最近一次报告已停6分40秒，超过允许的5分。");
        _bench.Event(500, "gate", EventKind.VehiclePresent, $$"""{"plate":"A1","since":{{Bench.At(470).ToUnixTimeMilliseconds()}}}""").Advance(530);
        _bench.Last.At.ShouldBe(Bench.At(530));
    }

    [Theory]
    [InlineData("沪A·12345", "沪A12345")]
    [InlineData("沪Ａ１２３４５", "沪A12345")]
    [InlineData(" 沪a-123.45 ", "沪A12345")]
    [InlineData("沪AO0I1", "沪AO0I1")]
    public void Plates_have_one_spelling(string written, string plate)
    {
        _bench.Event(0, "fire", EventKind.VehiclePresent, $$"""{"plate":"{{written}}"}""");
        _bench.Last.Key.ShouldBe($"yunqi/illegal-parking/z-fire/{plate}");
        _bench.Last.Title.Zh.ShouldBe($"北侧通道被占用（{plate}）");
    }

    [Fact]
    public void A_track_stands_in_for_the_plate_before_and_after_it_is_read()
    {
        _bench.Event(0, "lane", EventKind.VehiclePresent, """{"track":"7"}""")
            .Event(100, "lane", EventKind.VehiclePresent, """{"track":"7","plate":"A1"}""").Advance(300);
        _bench.Only().Key.ShouldBe("yunqi/illegal-parking/z-lane/track/lane/7");
        _bench.Last.Title.Zh.ShouldContain("A1");
        _bench.Event(400, "lane", EventKind.VehicleLeft, """{"track":"7","plate":"A1"}""").Last.To.ShouldBe(ConditionPhase.Cleared);

        _bench.Event(1000, "fire", EventKind.VehiclePresent, """{"track":"8","plate":"B2"}""").Event(1001, "fire", EventKind.VehicleLeft, """{"track":"8"}""");
        _bench.Last.Key.ShouldBe("yunqi/illegal-parking/z-fire/B2");
        _bench.Last.To.ShouldBe(ConditionPhase.Cleared);
    }

    [Fact]
    public void A_sensor_without_plates_has_one_condition()
    {
        _bench.Event(0, "fire", EventKind.VehiclePresent).Event(60, "fire", EventKind.VehicleLeft);
        _bench.Last.Key.ShouldBe("yunqi/illegal-parking/z-fire/device/fire");
        _bench.Moves.ShouldBe("Normal→Active@0 Active→Cleared@60");
    }

    [Fact]
    public void A_blocked_fire_lane_counts_wherever_the_camera_stands()
    {
        _bench.Event(0, "lane", EventKind.FireLaneBlocked, phase: EventPhase.Start).Event(30, "lane", EventKind.FireLaneBlocked, phase: EventPhase.Stop);
        _bench.Changes[0].Severity.ShouldBe(Severity.P1);
        _bench.Moves.ShouldBe("Normal→Active@0 Active→Cleared@30");
    }

    [Fact]
    public void A_short_disappearance_does_not_recover()
    {
        var bench = new Bench(Make.Rule("illegal-parking", "hold=10s"), Make.Device("fire", building: null, zone: "z", zoneKind: "fire-lane"));
        bench.Event(0, "fire", EventKind.VehiclePresent).Event(60, "fire", EventKind.VehicleLeft).Event(65, "fire", EventKind.VehiclePresent).Advance(100);
        bench.Moves.ShouldBe("Normal→Active@0 Active→Clearing@60 Clearing→Active@65");
    }
}
