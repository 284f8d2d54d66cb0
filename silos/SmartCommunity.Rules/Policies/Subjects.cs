using System.Buffers;
using System.Globalization;
using System.Text;
using SmartCommunity.Events;

namespace SmartCommunity.Rules.Policies;

/// <summary>Makes key segments and plates out of what devices write.</summary>
internal static class Subjects
{
    /// <summary>The longest segment that is taken from a device's text; longer ones are cut.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> PlateNoise = SearchValues.Create(" \t.-·•・_");

    /// <summary>A text as one segment of a key: what would split or break the key is written as <c>%XX</c>, so that different texts stay different.</summary>
    public static string Segment(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (letter is '/' or '%' || char.IsControl(letter) || char.IsWhiteSpace(letter))
            {
                builder.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}");
            }
            else
            {
                builder.Append(letter);
            }
        }

        return builder.ToString();
    }

    /// <summary>
    /// A licence plate in one spelling: full-width letters as half-width, upper case, without spaces, dots and hyphens. Letters that look alike (O and 0, I and 1)
    /// are not merged: a plate that is read wrongly is another plate. Null when nothing is left.
    /// </summary>
    public static string? Plate(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var builder = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKC))
        {
            if (!PlateNoise.Contains(letter) && !char.IsControl(letter) && !char.IsWhiteSpace(letter))
            {
                builder.Append(char.ToUpperInvariant(letter));
            }
        }

        return builder.Length == 0 ? null : builder.ToString();
    }

    /// <summary>A time in an event's data, ISO 8601 with offset or epoch milliseconds, as Unix ms; null when it is absent or makes no sense.</summary>
    public static long? Time(EventData data, string name)
    {
        if (data.GetNumber(name) is { } number)
        {
            return number is > 0 and < 253402300800000 ? (long)number : null;
        }

        return DateTimeOffset.TryParse(data.GetString(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }
}
