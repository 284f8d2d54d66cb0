using System.Text;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Tests.Devices;

public sealed class DeviceModelTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Devices() => [.. TestCommunity.Community.Devices.Select(device => device.Id.Value)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others(string device)
    {
        var first = Play(device, 1, TimeSpan.FromMinutes(30));
        Play(device, 1, TimeSpan.FromMinutes(30)).ShouldBe(first);
        Play(device, 2, TimeSpan.FromMinutes(30)).ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Every_message_is_understood_and_plausible(string device)
    {
        var samples = 0;
        foreach (var (time, message) in Messages(device, 5, TimeSpan.FromHours(2)))
        {
            var batch = Decoding.Decode(Site(device).Id, message, time);
            (batch.Samples.Count + batch.Events.Count).ShouldBeGreaterThan(0);
            foreach (var sample in batch.Samples)
            {
                samples++;
                var metric = Metrics.Find(sample.Metric).ShouldNotBeNull(sample.Metric);
                sample.Value.ShouldBeInRange(metric.Minimum, metric.Maximum, sample.Metric);
                sample.Time.ShouldBe(time);
            }

            foreach (var item in batch.Events)
            {
                item.Id.ShouldNotBeEmpty();
                item.TimeIsReceipt.ShouldBeFalse();
                item.Time.ShouldBeInRange(time - TimeSpan.FromMinutes(2), time);
            }
        }

        samples.ShouldBeGreaterThanOrEqualTo(720);
    }

    [Theory]
    [InlineData("power-meter-b1", "energy")]
    [InlineData("water-meter-b1", "water-volume")]
    [InlineData("lift-monitor-b1", "lift-trips")]
    public void Counters_rise_in_steps_and_never_fall_not_even_over_a_restart(string device, string metric)
    {
        var last = 0.0;
        var distinct = new HashSet<double>();
        var count = 0;
        for (var day = 0; day < 9; day++)
        {
            // A new model each day: the simulation was started again.
            foreach (var value in Values(device, 9, metric, TestCommunity.Morning.AddDays(day), TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)))
            {
                value.ShouldBeGreaterThanOrEqualTo(last);
                last = value;
                distinct.Add(value);
                count++;
            }
        }

        distinct.Count.ShouldBeInRange(100, count);
        var ten = Values(device, 9, metric, TestCommunity.Morning, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1)).ToList();
        ten.Distinct().Count().ShouldBeLessThan(ten.Count / 2, "a register counts in steps");
    }

    [Fact]
    public void People_come_at_rush_hour_and_sleep_at_night()
    {
        // 8:00 and 3:00 in Shanghai.
        Mean(new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)).ShouldBeGreaterThan(10 * Mean(new(2026, 11, 19, 19, 0, 0, TimeSpan.Zero)));

        double Mean(DateTimeOffset start) => Values("people-counter-b1", 1, "people-count", start, TimeSpan.FromMinutes(40), Interval).Average();
    }

    [Fact]
    public void It_is_warmer_in_the_afternoon_and_in_summer()
    {
        var dawn = Temperature(new(2026, 11, 19, 20, 0, 0, TimeSpan.Zero));
        var afternoon = Temperature(new(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));
        afternoon.ShouldBeGreaterThan(dawn + 3);
        Temperature(new(2026, 7, 20, 7, 0, 0, TimeSpan.Zero)).ShouldBeGreaterThan(afternoon + 8);

        double Temperature(DateTimeOffset start) => Values("air-outdoors", 1, "temperature", start, TimeSpan.FromMinutes(10), Interval).Average();
    }

    [Fact]
    public void Batteries_sag_over_months()
    {
        var values = Enumerable.Range(0, 40)
            .Select(week => Values("water-leak-sensor-b1", 1, "battery", TestCommunity.Morning.AddDays(7 * week), Interval, Interval).First()).ToList();
        values.ShouldAllBe(value => value >= 20 && value <= 100);
        values.Zip(values.Skip(1)).Count(pair => pair.Second < pair.First).ShouldBeGreaterThanOrEqualTo(38, "it is changed once at most");
    }

    [Fact]
    public void A_door_that_opens_closes_within_seconds()
    {
        var site = Site("door-controller-b1");
        var events = Messages("door-controller-b1", 3, TimeSpan.FromHours(3))
            .SelectMany(item => Decoding.Decode(site.Id, item.Message, item.Time).Events).OrderBy(item => item.Time).ToList();
        var opened = events.Count(item => item.Kind == EventKind.DoorOpened);
        opened.ShouldBeGreaterThan(20);
        events.Count(item => item.Kind == EventKind.DoorClosed).ShouldBeInRange(opened - 2, opened);
        events.Count(item => item.Kind == EventKind.AccessGranted).ShouldBeInRange(opened, opened + 2);
        events.Select(item => item.Id).ShouldBeUnique();
        foreach (var item in events.Where(item => item.Kind == EventKind.DoorOpened).SkipLast(2))
            events.ShouldContain(other => other.Kind == EventKind.DoorClosed && other.Time > item.Time && other.Time < item.Time.AddSeconds(9));
    }

    [Fact]
    public void Where_no_stop_is_allowed_no_car_stops()
    {
        Stops("parking-fire-lane-1").ShouldBe(0);
        Stops("parking-lane-1").ShouldBe(0, "its grace is 90 s");
        Stops("parking-lane-2").ShouldBeGreaterThan(3);

        int Stops(string device) => Messages(device, 3, TimeSpan.FromHours(8))
            .Count(item => item.Message.ToString().Contains("vehicle-present", StringComparison.Ordinal));
    }

    [Fact]
    public void One_more_device_leaves_the_others_as_they_were()
    {
        var world = TestCommunity.World();
        var smaller = new SimulatedWorld([Site("lift-monitor-b1")], world.Rules, world.Clock, world.Random.Seed);
        Bytes(smaller, Site("lift-monitor-b1")).ShouldBe(Bytes(world, Site("lift-monitor-b1")));

        static string Bytes(SimulatedWorld world, DeviceSite site) =>
            string.Concat(world.ModelOf(site).Step(TestCommunity.Morning, world.RandomOf(site)).Select(message => message.ToString()));
    }

    private static DeviceSite Site(string device) => TestCommunity.World().Sites.Single(site => site.Id.Value == device);

    private static string Play(string device, ulong seed, TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (_, message) in Messages(device, seed, duration)) text.AppendLine(message.ToString());
        return text.ToString();
    }

    private static IEnumerable<(DateTimeOffset Time, DeviceMessage Message)> Messages(string device, ulong seed, TimeSpan duration) =>
        Messages(device, seed, TestCommunity.Morning, duration, Interval);

    private static IEnumerable<(DateTimeOffset Time, DeviceMessage Message)> Messages(
        string device, ulong seed, DateTimeOffset start, TimeSpan duration, TimeSpan interval)
    {
        var world = TestCommunity.World(seed);
        var model = world.ModelOf(Site(device));
        var random = world.RandomOf(Site(device));
        for (var time = start; time < start + duration; time += interval)
        {
            foreach (var message in model.Step(time, random)) yield return (time, message);
        }
    }

    private static IEnumerable<double> Values(string device, ulong seed, string metric, DateTimeOffset start, TimeSpan duration, TimeSpan interval) =>
        Messages(device, seed, start, duration, interval)
            .SelectMany(item => Decoding.Decode(Site(device).Id, item.Message, item.Time).Samples)
            .Where(sample => sample.Metric == metric)
            .Select(sample => sample.Value);
}
