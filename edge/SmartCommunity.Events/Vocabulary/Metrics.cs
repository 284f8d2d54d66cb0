using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SmartCommunity.Events.Vocabulary;

/// <summary>The one table of metrics: what is measured, in which unit, and what a sensor of sound mind can report.</summary>
/// <remarks>Units are SI or the field's usual unit, written as in UCUM. A metric that is not listed is stored too, without a unit.</remarks>
public static class Metrics
{
    /// <summary>All known metrics.</summary>
    public static ImmutableArray<MetricEntry> All { get; } =
    [
        new("temperature", "Cel", -60, 200, "温度", "Temperature"),
        new("humidity", "%", 0, 100, "湿度", "Relative humidity"),
        new("co2", "[ppm]", 0, 100_000, "二氧化碳", "Carbon dioxide"),
        new("co", "[ppm]", 0, 10_000, "一氧化碳", "Carbon monoxide"),
        new("pm25", "ug/m3", 0, 10_000, "PM2.5", "PM2.5"),
        new("gas", "%", 0, 100, "可燃气体（爆炸下限）", "Combustible gas (of the lower explosive limit)"),
        new("smoke-density", "%/m", 0, 100, "烟雾浓度", "Smoke obscuration"),
        new("power", "W", -1e7, 1e7, "功率", "Active power"),
        new("energy", "kW.h", 0, 1e12, "电能", "Energy"),
        new("voltage", "V", 0, 1e6, "电压", "Voltage"),
        new("current", "A", -1e5, 1e5, "电流", "Current"),
        new("water-volume", "m3", 0, 1e9, "用水量", "Water volume"),
        new("water-flow", "m3/h", 0, 1e5, "水流量", "Water flow"),
        new("water-level", "m", -10, 1_000, "水位", "Water level"),
        new("water-pressure", "kPa", 0, 1e5, "水压", "Water pressure"),
        new("people-count", "{person}", 0, 100_000, "人数", "People"),
        new("illuminance", "lx", 0, 200_000, "照度", "Illuminance"),
        new("noise", "dB", 0, 200, "噪声", "Sound level"),
        new("lift-floor", "{floor}", -10, 200, "电梯楼层", "Lift floor"),
        new("lift-speed", "m/s", -20, 20, "电梯速度", "Lift speed"),
        new("lift-trips", "{trip}", 0, 1e9, "电梯运行次数", "Lift trips"),
        new("battery", "%", 0, 100, "电量", "Battery"),
        new("signal", "dBm", -150, 20, "信号强度", "Signal strength"),
        new("tilt", "deg", -180, 180, "倾角", "Tilt"),
    ];

    private static readonly FrozenDictionary<string, MetricEntry> ByName = All.ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>The longest metric name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>The row of a metric, or null when it is not in the table.</summary>
    public static MetricEntry? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a text can name a metric: 1 to 64 of <c>A–Z a–z 0–9 . _ -</c>.</summary>
    public static bool IsValidName(string? name) => Ids.Identifier.IsValid(name);
}

/// <summary>One row of <see cref="Metrics.All"/>.</summary>
/// <param name="Name">The stable name, as in MQTT payloads.</param>
/// <param name="Unit">The UCUM unit.</param>
/// <param name="Minimum">The least plausible value, in that unit.</param>
/// <param name="Maximum">The greatest plausible value, in that unit.</param>
/// <param name="Chinese">The title on a Chinese screen.</param>
/// <param name="English">The title on an English screen.</param>
public sealed record MetricEntry(string Name, string Unit, double Minimum, double Maximum, string Chinese, string English);
