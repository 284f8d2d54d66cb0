using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class DeviceOfflineTests
{
    private static readonly RuleOptions NoGrace = new() { RestartGrace = TimeSpan.Zero };

    private readonly Bench _bench = new(
        [Make.Rule("device-offline", "silent-after=10m"), Make.Rule("threshold", "metric=temperature", "above=40"), Make.Rule("smoke-gas"), Make.Rule("falling-object")],
        [Make.Device("d1"), Make.Device("d2", silentAfter: TimeSpan.FromMinutes(1)), Make.Device("d3")],
        NoGrace);

    [Theory]
    [InlineData(29, "")]
    [InlineData(31, "Suspect→Active@30 Active→Cleared@31")]
    public void Being_said_offline_counts_after_the_confirm_window(double back, string moves) =>
        _bench.Event(0, "d1", EventKind.DeviceOffline).Event(back, "d1", EventKind.DeviceOnline).Moves.ShouldBe(moves);

    [Fact]
    public void Any_message_ends_it()
    {
        _bench.Event(0, "d1", EventKind.DeviceOffline).Sample(40, "d1", "humidity", 1);
        _bench.Event(100, "d1", EventKind.DeviceOffline).Event(140, "d1", EventKind.Smoke, """{"test":true}""");
        _bench.Moves.ShouldBe("Suspect→Active@30 Active→Cleared@40 Suspect→Active@130 Active→Cleared@140");
    }

    [Fact]
    public void Silence_counts_from_the_last_message_and_by_the_devices_own_limit()
    {
        _bench.Advance(0).Sample(5, "d1", "humidity", 1).Sample(20, "d2", "humidity", 1);
        _bench.Advance(79).Changes.ShouldBeEmpty();
        _bench.Advance(80).Last.Devices[0].Id.Value.ShouldBe("d2");
        _bench.Last.Why.Zh.ShouldBe("d2号设备自 08:00:20 起失去联系，超过1分没有恢复。");
        _bench.Last.FirstCause.ShouldBe($"d2/silence/{Bench.At(20).ToUnixTimeMilliseconds()}");
        _bench.Advance(604).Changes.Where(change => change.Devices[0].Id.Value == "d1").ShouldBeEmpty();
        _bench.Advance(605).Changes.Count(change => change.Devices[0].Id.Value == "d1").ShouldBe(1);
    }

    [Fact]
    public void A_device_that_was_never_heard_is_silent_too_from_the_first_advance_on()
    {
        _bench.Rules.NextDue.ShouldBeNull();
        _bench.Advance(1000).Rules.NextDue.ShouldBe(Bench.At(1060));
        _bench.Advance(1060).Moves.ShouldBe("Normal→Active@1060");
        _bench.Advance(100_000).Changes.Count.ShouldBe(3);
    }

    [Fact]
    public void What_the_silent_device_holds_active_becomes_unknown_until_it_speaks_about_it()
    {
        _bench.Sample(0, "d1", "temperature", 50).Event(1, "d1", EventKind.Smoke, phase: EventPhase.Start).Event(2, "d1", EventKind.FallingObject);
        _bench.Changes.Clear();
        _bench.Event(10, "d1", EventKind.DeviceOffline).Advance(40);
        _bench.Moves.ShouldBe("Suspect→Active@40 Active→Unknown@40 Active→Unknown@40");
        _bench.Last.Why.Zh.ShouldBe("d1号设备在 08:00:40 失联，此前已告警40秒，现状不明。");
        _bench.Changes.Clear();

        _bench.Event(100, "d1", EventKind.DeviceOnline).Advance(100_000);
        _bench.Rules.Conditions.Count(condition => condition.Phase == ConditionPhase.Unknown).ShouldBe(2);
        _bench.Changes.Clear();
        _bench.Sample(100_001, "d1", "temperature", 20).Event(100_002, "d1", EventKind.Smoke, phase: EventPhase.Start);
        _bench.Changes.Where(change => change.Kind != "device-offline").Select(Bench.Move).ShouldBe(["Unknown→Cleared@100001", "Unknown→Active@100002"]);
    }

    [Fact]
    public void With_two_sources_both_must_be_silent()
    {
        var lane = new[] { Make.Device("c1", building: null, zone: "z", zoneKind: "fire-lane"), Make.Device("c2", building: null, zone: "z", zoneKind: "fire-lane") };
        var bench = new Bench([Make.Rule("device-offline", "confirm=0s"), Make.Rule("illegal-parking")], lane);
        bench.Event(0, "c1", EventKind.VehiclePresent, """{"plate":"A1"}""").Event(1, "c2", EventKind.VehiclePresent, """{"plate":"A1"}""");
        bench.Event(10, "c1", EventKind.DeviceOffline).Last.Kind.ShouldBe("device-offline");
        bench.Event(20, "c2", EventKind.DeviceOffline).Last.To.ShouldBe(ConditionPhase.Unknown);
    }

    [Fact]
    public void An_offline_that_is_older_than_the_devices_latest_word_is_none() =>
        _bench.Sample(10, "d1", "humidity", 1).Event(9, "d1", EventKind.DeviceOffline).Advance(500).Rules.Conditions.ShouldNotContain(c => c.Key.EndsWith("/d1"));

    [Fact]
    public void A_restart_does_not_make_everything_silent()
    {
        var devices = new[] { Make.Device("d1"), Make.Device("d2", silentAfter: TimeSpan.FromMinutes(1)) };
        var rule = Make.Rule("device-offline", "silent-after=30m");
        var first = new Bench(rule, devices).Advance(0).Sample(10, "d1", "humidity", 1).Sample(10, "d2", "humidity", 1);
        var state = new System.Buffers.ArrayBufferWriter<byte>();
        first.Rules.Save(state);

        var second = new Bench(rule, devices);
        second.Rules.Restore(state.WrittenSpan);
        second.Advance(7200).Sample(7210, "d1", "humidity", 1).Advance(7259).Changes.ShouldBeEmpty();
        second.Advance(7260).Last.Devices[0].Id.Value.ShouldBe("d2");
        second.Advance(7210 + 1800).Last.Devices[0].Id.Value.ShouldBe("d1");
    }

    [Fact]
    public void Silence_is_noticed_by_time_only()
    {
        // The message of second 100 may have waited at a gateway while nobody let time pass; that is no silence of the device.
        _bench.Advance(0).Sample(1, "d2", "humidity", 1).Sample(100, "d2", "humidity", 1).Changes.ShouldBeEmpty();
        _bench.Advance(159).Changes.ShouldBeEmpty();
        _bench.Advance(160).Moves.ShouldBe("Normal→Active@160");
    }
}
