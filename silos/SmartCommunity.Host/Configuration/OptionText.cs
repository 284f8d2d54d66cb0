using System.Globalization;

namespace SmartCommunity.Host.Configuration;

/// <summary>The values of options as people write them in a file or in the environment.</summary>
internal static class OptionText
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a value of a type; false when the text is none, or the type is nothing that stands in one line.</summary>
    public static bool TryParse(string text, Type type, out object? value)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        value = kind switch
        {
            _ when kind == typeof(string) => text,
            _ when kind == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when kind == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when kind == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when kind == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            _ when kind == typeof(TimeSpan) => ParseDuration(text),
            _ when kind == typeof(DateTimeOffset) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            { IsEnum: true } => Enum.TryParse(kind, text, ignoreCase: true, out var name) && Enum.IsDefined(kind, name) ? name : null,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>What a value of the type looks like.</summary>
    public static string Describe(Type type)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        return kind switch
        {
            _ when kind == typeof(string) => "a text",
            _ when kind == typeof(bool) => "true or false",
            _ when kind == typeof(int) || kind == typeof(long) => "a whole number",
            _ when kind == typeof(double) => "a number",
            _ when kind == typeof(TimeSpan) => "a duration such as 00:00:10, 10s, 5m or 7d",
            _ when kind == typeof(DateTimeOffset) => "a time such as 2026-11-20T10:00:00Z",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(kind))}",
            _ => "something else: this can not be set here",
        };
    }

    // A bare number would be days to the framework and seconds to people, so it is neither.
    private static TimeSpan? ParseDuration(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        }

        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return unit * count;
            }
        }

        return text == "0" ? TimeSpan.Zero : null;
    }
}
