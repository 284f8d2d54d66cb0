using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Kinds;

/// <summary>The kinds of devices that a community file can name.</summary>
public static class DeviceKinds
{
    private static readonly TimeSpan Wired = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Radio = TimeSpan.FromHours(1);

    /// <summary>All kinds.</summary>
    public static ImmutableArray<DeviceKindEntry> All { get; } =
    [
        // Cameras and controllers hold a connection: its end is noticed at once, and between events they may be silent for long.
        Row("falling-object-camera", "高空抛物摄像机", "Falling-object camera", null, [], EventKind.FallingObject, EventKind.Tamper),
        Row("parking-camera", "违停摄像机", "Parking camera", null, [], EventKind.VehiclePresent, EventKind.VehicleLeft, EventKind.FireLaneBlocked),
        Row("gate-camera", "道闸车牌摄像机", "Gate camera", null, [], EventKind.PlateRead, EventKind.VehiclePresent, EventKind.VehicleLeft),
        Row("area-camera", "公共区域摄像机", "Area camera", null, [], EventKind.Intrusion, EventKind.Loitering, EventKind.PersonFell, EventKind.LineCrossed, EventKind.Motion),
        Row("door-controller", "门禁控制器", "Door controller", null, [], EventKind.AccessGranted, EventKind.AccessDenied, EventKind.DoorOpened,
            EventKind.DoorClosed, EventKind.DoorForced, EventKind.DoorHeldOpen, EventKind.Duress, EventKind.Tamper),
        Row("panic-button", "紧急求助按钮", "Panic button", TimeSpan.FromHours(26), ["battery", "signal"], EventKind.Panic, EventKind.LowBattery),

        // Radio sensors report some times an hour, to spare their batteries.
        Row("smoke-detector", "烟感探测器", "Smoke detector", Radio, ["smoke-density", "battery", "signal"], EventKind.Smoke, EventKind.Fire, EventKind.LowBattery),
        Row("gas-detector", "燃气探测器", "Gas detector", Radio, ["gas", "co", "signal"], EventKind.Gas, EventKind.Co),
        Row("water-leak-sensor", "漏水传感器", "Water leak sensor", Radio, ["water-level", "battery", "signal"], EventKind.WaterLeak, EventKind.Flood, EventKind.LowBattery),
        Row("manhole-sensor", "井盖传感器", "Manhole sensor", Radio, ["tilt", "water-level", "battery", "signal"], EventKind.ManholeOpen, EventKind.Flood, EventKind.LowBattery),

        // Wired meters and monitors report every minute or so.
        Row("water-meter", "水表", "Water meter", Wired, ["water-volume", "water-flow", "water-pressure"]),
        Row("power-meter", "电表", "Power meter", Wired, ["power", "energy", "voltage", "current", "temperature"]),
        Row("lift-monitor", "电梯监测终端", "Lift monitor", Wired, ["lift-floor", "lift-speed", "lift-trips"],
            EventKind.LiftFault, EventKind.LiftEntrapment, EventKind.EBikeInLift),
        Row("people-counter", "客流计数器", "People counter", Wired, ["people-count"], EventKind.CrowdCount),
        Row("environment-sensor", "环境传感器", "Environment sensor", Wired, ["temperature", "humidity", "co2", "pm25", "noise", "illuminance", "battery", "signal"]),
    ];

    private static readonly FrozenDictionary<string, DeviceKindEntry> ById = All.ToFrozenDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>A kind by its id, or null.</summary>
    public static DeviceKindEntry? Find(string id) => ById.GetValueOrDefault(id);

    private static DeviceKindEntry Row(string id, string chinese, string english, TimeSpan? silentAfter, ImmutableArray<string> metrics, params EventKind[] events) =>
        new(id, new(chinese, english), metrics, [.. events], silentAfter);
}

/// <summary>One kind of device.</summary>
/// <param name="Id">The name in the file, kebab-case.</param>
/// <param name="Name">What people read.</param>
/// <param name="Metrics">What it typically measures.</param>
/// <param name="Events">What it typically reports.</param>
/// <param name="SilentAfter">How long it may be silent when neither the device nor its rule say; null leaves it to the rule.</param>
public sealed record DeviceKindEntry(string Id, LocalizedText Name, ImmutableArray<string> Metrics, ImmutableArray<EventKind> Events, TimeSpan? SilentAfter);
