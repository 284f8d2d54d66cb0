using System.Globalization;
using System.Xml;

namespace SmartCommunity.Api.Input;

/// <summary>Durations as callers write them: whole seconds (<c>300</c>), a number with a unit (<c>5m</c>), or ISO 8601 (<c>PT5M</c>).</summary>
internal static class DurationText
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.StartsWith('P'))
        {
            return TryParseIso(text, out duration) && duration > TimeSpan.Zero;
        }

        var (suffix, unit) = Units.FirstOrDefault(item => text.EndsWith(item.Suffix, StringComparison.Ordinal), (Suffix: "", Unit: TimeSpan.FromSeconds(1)));
        if (!int.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return false;
        }

        duration = unit * count;
        return true;
    }

    /// <summary>The shortest of our forms.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach (var (suffix, unit) in Units.Reverse())
        {
            if (duration.Ticks % unit.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Ticks}{suffix}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(duration.TotalMilliseconds)}ms");
    }

    private static bool TryParseIso(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}
