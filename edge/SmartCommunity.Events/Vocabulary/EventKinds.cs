using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SmartCommunity.Events.Vocabulary;

/// <summary>The stable kebab-case names of the event kinds, and what a person reads instead.</summary>
public static class EventKinds
{
    /// <summary>Every kind with its name and titles, in the order of the numbers.</summary>
    public static ImmutableArray<EventKindEntry> All { get; } =
    [
        new(EventKind.FallingObject, "falling-object", "高空抛物", "Falling object"),
        new(EventKind.VehiclePresent, "vehicle-present", "车辆停留", "Vehicle present"),
        new(EventKind.VehicleLeft, "vehicle-left", "车辆离开", "Vehicle left"),
        new(EventKind.PlateRead, "plate-read", "车牌识别", "Plate read"),
        new(EventKind.AccessGranted, "access-granted", "通行", "Access granted"),
        new(EventKind.AccessDenied, "access-denied", "拒绝通行", "Access denied"),
        new(EventKind.DoorOpened, "door-opened", "门打开", "Door opened"),
        new(EventKind.DoorClosed, "door-closed", "门关闭", "Door closed"),
        new(EventKind.DoorForced, "door-forced", "门被强开", "Door forced"),
        new(EventKind.DoorHeldOpen, "door-held-open", "门未关", "Door held open"),
        new(EventKind.Duress, "duress", "胁迫报警", "Duress"),
        new(EventKind.Tamper, "tamper", "防拆报警", "Tamper"),
        new(EventKind.Smoke, "smoke", "烟雾", "Smoke"),
        new(EventKind.Fire, "fire", "火警", "Fire"),
        new(EventKind.Gas, "gas", "燃气泄漏", "Gas"),
        new(EventKind.Co, "co", "一氧化碳", "Co"),
        new(EventKind.WaterLeak, "water-leak", "漏水", "Water leak"),
        new(EventKind.Flood, "flood", "水浸", "Flood"),
        new(EventKind.Panic, "panic", "紧急求助", "Panic"),
        new(EventKind.LiftFault, "lift-fault", "电梯故障", "Lift fault"),
        new(EventKind.LiftEntrapment, "lift-entrapment", "电梯困人", "Lift entrapment"),
        new(EventKind.EBikeInLift, "e-bike-in-lift", "电动车进电梯", "E-bike in lift"),
        new(EventKind.FireLaneBlocked, "fire-lane-blocked", "消防通道占用", "Fire lane blocked"),
        new(EventKind.LineCrossed, "line-crossed", "越界", "Line crossed"),
        new(EventKind.Intrusion, "intrusion", "入侵", "Intrusion"),
        new(EventKind.Loitering, "loitering", "徘徊", "Loitering"),
        new(EventKind.CrowdCount, "crowd-count", "人群计数", "Crowd count"),
        new(EventKind.PersonFell, "person-fell", "人员跌倒", "Person fell"),
        new(EventKind.ManholeOpen, "manhole-open", "井盖开启", "Manhole open"),
        new(EventKind.GlassBreak, "glass-break", "玻璃破碎", "Glass break"),
        new(EventKind.Vibration, "vibration", "振动", "Vibration"),
        new(EventKind.Motion, "motion", "移动侦测", "Motion"),
        new(EventKind.Occupancy, "occupancy", "有人", "Occupancy"),
        new(EventKind.ObjectDetected, "object-detected", "目标检测", "Object detected"),
        new(EventKind.DeviceOnline, "device-online", "设备上线", "Device online"),
        new(EventKind.DeviceOffline, "device-offline", "设备离线", "Device offline"),
        new(EventKind.LowBattery, "low-battery", "电量低", "Low battery"),
        new(EventKind.Report, "report", "上报", "Report"),
    ];

    private static readonly FrozenDictionary<string, EventKind> ByName = All.ToFrozenDictionary(entry => entry.Name, entry => entry.Kind, StringComparer.Ordinal);
    private static readonly FrozenDictionary<EventKind, EventKindEntry> ByKind = All.ToFrozenDictionary(entry => entry.Kind);

    /// <summary>Looks a kebab-case name up.</summary>
    public static bool TryParse(string? name, out EventKind kind)
    {
        kind = EventKind.None;
        return name is not null && ByName.TryGetValue(name, out kind);
    }

    /// <summary>The kebab-case name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is no kind.</exception>
    public static string NameOf(EventKind kind) => Entry(kind).Name;

    /// <summary>Whether the number is a kind.</summary>
    public static bool IsDefined(EventKind kind) => ByKind.ContainsKey(kind);

    /// <summary>Name and titles of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is no kind.</exception>
    public static EventKindEntry Entry(EventKind kind) =>
        ByKind.TryGetValue(kind, out var entry) ? entry : throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such event kind.");
}

/// <summary>One row of <see cref="EventKinds.All"/>.</summary>
/// <param name="Kind">The number.</param>
/// <param name="Name">The stable kebab-case name, as in MQTT payloads and in the API.</param>
/// <param name="Chinese">The title on a Chinese screen.</param>
/// <param name="English">The title on an English screen.</param>
public sealed record EventKindEntry(EventKind Kind, string Name, string Chinese, string English);
