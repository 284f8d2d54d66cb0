using System.Collections.Frozen;
using System.Globalization;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Texts;

/// <summary>Times, durations and measured values as a person reads them.</summary>
internal static class TextFormat
{
    // UCUM is for machines; these are the signs on the instruments.
    private static readonly FrozenDictionary<string, LocalizedText> Units = new Dictionary<string, LocalizedText>(StringComparer.Ordinal)
    {
        ["Cel"] = Same(" °C"),
        ["%"] = Same("%"),
        ["[ppm]"] = Same(" ppm"),
        ["ug/m3"] = Same(" µg/m³"),
        ["kW.h"] = Same(" kWh"),
        ["m3"] = Same(" m³"),
        ["m3/h"] = Same(" m³/h"),
        ["deg"] = Same("°"),
        ["{person}"] = new("人", " people"),
        ["{floor}"] = new("层", ""),
        ["{trip}"] = new("次", " trips"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A time of day in the community's zone, to the second.</summary>
    public static string Time(long milliseconds, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two greatest units.</summary>
    public static LocalizedText Duration(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(Math.Max(milliseconds, 0));
        return span switch
        {
            { TotalDays: >= 1 } => Pair((int)span.TotalDays, "天", "d", span.Hours, "小时", "h"),
            { TotalHours: >= 1 } => Pair((int)span.TotalHours, "小时", "h", span.Minutes, "分", "min"),
            { TotalMinutes: >= 1 } => Pair((int)span.TotalMinutes, "分", "min", span.Seconds, "秒", "s"),
            _ => Pair(span.Seconds, "秒", "s", 0, "", ""),
        };
    }

    /// <inheritdoc cref="Duration(long)"/>
    public static LocalizedText Duration(TimeSpan value) => Duration((long)value.TotalMilliseconds);

    /// <summary>A value with the unit of its metric.</summary>
    public static LocalizedText Value(double value, string metric)
    {
        var number = value.ToString("0.##", CultureInfo.InvariantCulture);
        var unit = Metrics.Find(metric)?.Unit ?? "";
        var sign = Units.GetValueOrDefault(unit) ?? Same(unit.Length == 0 ? "" : " " + unit);
        return new(number + sign.Zh, number + sign.En);
    }

    /// <summary>What a metric is called.</summary>
    public static LocalizedText Metric(string name) => Metrics.Find(name) is { } entry ? new(entry.Chinese, entry.English) : Same(name);

    /// <summary>A fraction as per cent.</summary>
    public static string Percent(double fraction) => (fraction * 100).ToString("0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A number without decoration.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static LocalizedText Pair(int major, string majorZh, string majorEn, int minor, string minorZh, string minorEn) => minor == 0
        ? new($"{Number(major)}{majorZh}", $"{Number(major)} {majorEn}")
        : new($"{Number(major)}{majorZh}{Number(minor)}{minorZh}", $"{Number(major)} {majorEn} {Number(minor)} {minorEn}");

    private static LocalizedText Same(string text) => new(text, text);
}
