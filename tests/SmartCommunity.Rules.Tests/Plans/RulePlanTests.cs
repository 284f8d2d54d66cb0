using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Plans;

public sealed class RulePlanTests
{
    private static readonly RuleDefinition Smoke = Make.Rule("smoke-gas");

    [Fact]
    public void A_scope_restricts_and_all_its_fields_must_hold()
    {
        var inside = Make.Device("in", kind: "smoke-detector", zone: "z1");
        var devices = new[] { inside, Make.Device("out", kind: "camera", building: null) };
        Watched(new() { DeviceKinds = ["smoke-detector"] }).ShouldBe(["in"]);
        Watched(new() { Buildings = [BuildingId.Parse("b3")] }).ShouldBe(["in"]);
        Watched(new() { Zones = [ZoneId.Parse("z1")] }).ShouldBe(["in"]);
        Watched(new() { Grids = [GridId.Parse("g1")] }).ShouldBe(["in", "out"]);
        Watched(new() { Devices = [DeviceId.Parse("out")] }).ShouldBe(["out"]);
        Watched(new() { Devices = [DeviceId.Parse("out")], DeviceKinds = ["smoke-detector"] }).ShouldBeEmpty();
        Watched(RuleScope.Everywhere).ShouldBe(["in", "out"]);

        IEnumerable<string> Watched(RuleScope where)
        {
            var plan = RulePlan.Compile([Smoke with { Where = where }], devices);
            return devices.Where(device => !plan.Find(device.Id)!.Watching(EventKind.Smoke).IsEmpty).Select(device => device.Id.Value);
        }
    }

    [Fact]
    public void Only_what_a_rule_takes_is_watched()
    {
        var plan = RulePlan.Compile([Smoke, Make.Rule("threshold", "metric=temperature", "above=1")], [Make.Device("d1")]);
        var device = plan.Find(DeviceId.Parse("d1"))!;
        device.Watching(EventKind.Smoke).Length.ShouldBe(1);
        device.Watching(EventKind.Motion).Length.ShouldBe(0);
        device.Watching("temperature").Length.ShouldBe(1);
        device.Watching("humidity").Length.ShouldBe(0);
        plan.Find(DeviceId.Parse("d2")).ShouldBeNull();
    }

    [Fact]
    public void Historical_events_change_nothing()
    {
        var bench = new Bench(Smoke, Make.Device("d1")).Event(0, "d1", EventKind.Smoke, phase: EventPhase.Start, historical: true);
        bench.Changes.ShouldBeEmpty();
        bench.Event(10, "d1", EventKind.Smoke, phase: EventPhase.Start).Event(20, "d1", EventKind.Smoke, phase: EventPhase.Stop, historical: true).Advance(1000);
        bench.Moves.ShouldBe("Normal→Active@10");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => RulePlan.Compile([], [], new() { Lateness = TimeSpan.FromHours(2) }));
        Should.Throw<ArgumentOutOfRangeException>(() => RulePlan.Compile([], [], new() { Retention = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void A_clock_that_is_a_little_fast_does_not_cut_the_windows_of_others_short()
    {
        var bench = new Bench([Make.Rule("door")], [Make.Device("d1"), Make.Device("ahead")]);
        bench.Event(0, "d1", EventKind.DoorOpened).Event(89, "ahead", EventKind.DoorClosed).Event(50, "d1", EventKind.DoorClosed).Changes.ShouldBeEmpty();
        bench.Event(100, "d1", EventKind.DoorOpened).Event(191, "ahead", EventKind.DoorClosed).Moves.ShouldBe("Suspect→Active@160");
    }

    [Fact]
    public void A_clock_that_is_hours_ahead_moves_nothing_but_its_own()
    {
        var bench = new Bench([Make.Rule("door"), Make.Rule("device-offline", "silent-after=10m")], [Make.Device("d1"), Make.Device("ahead")]);
        bench.Advance(0).Event(1, "d1", EventKind.DoorOpened).Event(8 * 3600, "ahead", EventKind.DoorForced).Event(20, "d1", EventKind.DoorClosed).Advance(300);
        bench.Moves.ShouldBe("Normal→Active@28800");

        // Its clock is put right: what it says from then on counts, and so does what is said about its connection.
        bench.Event(301, "ahead", EventKind.DoorClosed).Event(302, "ahead", EventKind.DeviceOffline).Advance(332);
        bench.Changes.Skip(1).Select(Bench.Move).ShouldBe(["Active→Cleared@301", "Suspect→Active@332"]);
        bench.Event(340, "ahead", EventKind.DoorForced);
        bench.Changes.Skip(3).Select(Bench.Move).ShouldBe(["Active→Cleared@340", "Cleared→Active@340"]);
    }
}
