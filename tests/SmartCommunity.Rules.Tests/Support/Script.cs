using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Tests.Support;

/// <summary>One step of a random life of a place: an event, a sample, or time that passes.</summary>
internal sealed record Step(double At, CommunityEvent? Event, Sample? Sample)
{
    public void Play(PlaceRules rules, ICollection<ConditionChange> changes)
    {
        if (Event is not null)
        {
            rules.Observe(Event, changes);
        }
        else if (Sample is { } sample)
        {
            rules.Observe(sample, changes);
        }
        else
        {
            rules.Advance(Bench.At(At), changes);
        }
    }
}

/// <summary>Random lives of a place with all eight policies, the same for the same seed.</summary>
internal static class Script
{
    public static readonly DeviceFacts[] Devices =
    [
        Make.Device("cam1", facade: "south"), Make.Device("cam2", facade: "south"),
        Make.Device("fire", building: null, zone: "z-fire", zoneKind: "fire-lane"), Make.Device("lane", building: null, zone: "z-lane"),
        Make.Device("door1"), Make.Device("smoke1", silentAfter: TimeSpan.FromSeconds(90)), Make.Device("temp1"),
    ];

    public static readonly RuleDefinition[] Rules =
    [
        Make.Rule("falling-object", "window=20s"), Make.Rule("illegal-parking", "grace=30s"), Make.Rule("door", "held-for=20s", "hold=5s"), Make.Rule("duress"),
        Make.Rule("smoke-gas", "hold=10s", "pulse-lasts=25s"), Make.Rule("water-leak", "hold=10s"),
        Make.Rule("threshold", "metric=temperature", "above=40", "for=15s", "hysteresis=5", "hold=5s"), Make.Rule("device-offline", "silent-after=2m", "confirm=10s"),
    ];

    private static readonly EventKind[] Kinds =
    [
        EventKind.FallingObject, EventKind.VehiclePresent, EventKind.VehicleLeft, EventKind.FireLaneBlocked, EventKind.DoorOpened, EventKind.DoorClosed,
        EventKind.DoorForced, EventKind.DoorHeldOpen, EventKind.Duress, EventKind.Smoke, EventKind.Gas, EventKind.WaterLeak, EventKind.DeviceOffline, EventKind.DeviceOnline,
    ];

    private static readonly string[] Data = ["", """{"plate":"A1"}""", """{"plate":"A1","track":"7"}""", """{"track":"7"}""", """{"column":2}""", """{"test":true}"""];

    private static readonly RuleOptions Times = new() { RestartGrace = TimeSpan.Zero, Lateness = TimeSpan.FromSeconds(5) };

    public static PlaceRules NewPlace() => new(RulePlan.Compile(Rules, Devices, Times));

    /// <summary>The same place where nobody minds silence.</summary>
    public static PlaceRules NewPatientPlace() => new(RulePlan.Compile(
        Rules.Select(rule => rule.Policy == "device-offline" ? Make.Rule(rule.Policy, "silent-after=30d", "confirm=10s") : rule), Devices.Select(device => device with { SilentAfter = null }), Times));

    /// <summary>Steps in the order of time.</summary>
    public static List<Step> InOrder(int seed, int count)
    {
        var random = new Random(seed);
        var steps = new List<Step> { new(0, Event: null, Sample: null) };
        for (double at = 1; steps.Count < count; at += random.Next(0, 8) * 0.5)
        {
            steps.Add(Draw(random, at, steps.Count));
        }

        return steps;
    }

    /// <summary>What a change says, without references.</summary>
    public static string Tell(ConditionChange change) => JsonSerializer.Serialize(change, Options);

    private static readonly JsonSerializerOptions Options = new() { Converters = { new DataConverter(), new TimeConverter() } };

    private static Step Draw(Random random, double at, int number)
    {
        var device = Devices[random.Next(Devices.Length)].Id;
        switch (random.Next(10))
        {
            case 0:
                return new(at, Event: null, Sample: null);
            case < 4:
                return new(at, Event: null, new Sample(device, "temperature", Bench.At(at), random.Next(30, 50)));
            default:
                var phase = (EventPhase)random.Next(3);
                var confidence = random.Next(4) == 0 ? random.Next(100) / 100.0 : (double?)null;
                var data = Data[random.Next(Data.Length)];
                return new(at, Bench.NewEvent(at, device.Value, Kinds[random.Next(Kinds.Length)], data, phase, confidence, $"e{number}", random.Next(20) == 0), Sample: null);
        }
    }

    // The same instant is the same, whatever its offset: a checkpoint keeps instants.
    private sealed class TimeConverter : System.Text.Json.Serialization.JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }

    private sealed class DataConverter : System.Text.Json.Serialization.JsonConverter<EventData>
    {
        public override EventData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, EventData value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
