using System.Globalization;
using System.Text;

namespace SmartCommunity.Rules.Parameters;

/// <summary>Durations as the community file writes them: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, <c>1h30m</c>, <c>500ms</c>; <c>0</c> needs no unit.</summary>
public static class Durations
{
    /// <summary>The longest duration that a file may state: a year.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads a duration of at most <see cref="Longest"/>; units come once each, longest first.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (text is "0")
        {
            return true;
        }

        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        var next = 0;
        while (!rest.IsEmpty)
        {
            if (!TakePart(ref rest, ref next, out var part))
            {
                return false;
            }

            value += part;
        }

        return value <= Longest;
    }

    /// <summary>The shortest text that reads back as the same duration, to the millisecond.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        // 90s reads better than 1m30s, and 36h better than 1d12h: one unit where one is enough and the number stays small.
        foreach (var (suffix, unit) in Units)
        {
            if (value.Ticks % unit.Ticks == 0)
            {
                var count = value.Ticks / unit.Ticks;
                if (count < 120 || suffix is "s" or "ms")
                {
                    return count.ToString(CultureInfo.InvariantCulture) + suffix;
                }
            }
        }

        var builder = new StringBuilder();
        foreach (var (suffix, unit) in Units)
        {
            var count = value.Ticks / unit.Ticks;
            value -= unit * count;
            builder.Append(CultureInfo.InvariantCulture, $"{(count > 0 ? count.ToString(CultureInfo.InvariantCulture) + suffix : "")}");
        }

        return builder.ToString();
    }

    private static bool TakePart(ref ReadOnlySpan<char> rest, ref int next, out TimeSpan part)
    {
        part = TimeSpan.Zero;
        var digits = rest.IndexOfAnyExcept("0123456789.");
        if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        var letters = rest.IndexOfAny("0123456789.");
        var suffix = letters < 0 ? rest : rest[..letters];
        for (; next < Units.Length; next++)
        {
            if (suffix.Equals(Units[next].Suffix, StringComparison.Ordinal))
            {
                rest = rest[suffix.Length..];
                var milliseconds = number * Units[next++].Unit.TotalMilliseconds;
                part = milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds((long)milliseconds) : Longest + Longest;
                return true;
            }
        }

        return false;
    }
}
