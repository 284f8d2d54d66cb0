using System.Globalization;
using System.Text.Json;

namespace SmartCommunity.Gateway.Decoding.Json;

/// <summary>When something happened, as the device says, or as we took it.</summary>
/// <param name="Value">The time.</param>
/// <param name="IsReceipt">It is the time of receipt: the device said none, or one that makes no sense.</param>
internal readonly record struct DeviceTime(DateTimeOffset Value, bool IsReceipt)
{
    private static readonly long EarliestMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The device said nothing.</summary>
    internal static DeviceTime Receipt(DateTimeOffset receivedAt) => new(receivedAt, IsReceipt: true);

    /// <summary>Reads ISO 8601 with an offset, or epoch milliseconds, also as text; null counts as absent.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="receivedAt">What to fall back to.</param>
    /// <param name="options">Which times make sense.</param>
    /// <param name="time">The time that counts.</param>
    internal static TimeStatus Read(ref Utf8JsonReader reader, DateTimeOffset receivedAt, DecodingOptions options, out DeviceTime time)
    {
        time = Receipt(receivedAt);
        var said = default(DateTimeOffset);
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return TimeStatus.Usable;
            case JsonTokenType.Number when reader.TryGetDouble(out var number):
                if (!TryFromEpoch(number, out said))
                    return TimeStatus.Usable;
                break;
            case JsonTokenType.String:
                if (!TryParse(reader.GetString()!, out said))
                    return TimeStatus.Unreadable;
                break;
            default:
                return TimeStatus.WrongType;
        }

        if (said >= options.EarliestTime && said - receivedAt <= options.MaxAhead)
            time = new DeviceTime(said.ToUniversalTime(), IsReceipt: false);
        return TimeStatus.Usable;
    }

    private static bool TryParse(string text, out DateTimeOffset value)
    {
        text = text.Trim();
        if (HasDateAndOffset(text))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

        value = default;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (TryFromEpoch(number, out value) || double.IsFinite(number));
    }

    // "2026-11-20T10:00:00Z": without an offset it could be any of two dozen times.
    private static bool HasDateAndOffset(ReadOnlySpan<char> text)
        => text.Length > 16
            && text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' or ' '
            && (text[^1] is 'Z' or 'z' || text[16..].IndexOfAny('+', '-') >= 0);

    private static bool TryFromEpoch(double milliseconds, out DateTimeOffset value)
    {
        value = default;
        if (!(milliseconds >= EarliestMs && milliseconds <= LatestMs))
            return false;
        value = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        return true;
    }
}

/// <summary>What a device's time field was.</summary>
internal enum TimeStatus : byte
{
    /// <summary>A time, an absurd time, or none; the time that counts is decided.</summary>
    Usable,

    /// <summary>A text that is no time; the time of receipt counts, and the message is worth a look.</summary>
    Unreadable,

    /// <summary>Not even a text or a number.</summary>
    WrongType,
}
