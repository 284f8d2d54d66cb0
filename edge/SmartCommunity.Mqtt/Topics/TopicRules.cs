using System.Text;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Topics;

/// <summary>What makes a topic name or a topic filter valid (MQTT 5.0 section 4.7). Each method answers the broken rule, or null.</summary>
public static class TopicRules
{
    /// <summary>The longest topic name or filter in UTF-8 bytes [MQTT-4.7.3-3].</summary>
    public const int MaxBytes = 65_535;

    private static readonly TopicFault Controls = new("1.5.4", "The topic holds control characters.", ReasonCode.MalformedPacket);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks the UTF-8 bytes of a topic name; the bytes must be valid UTF-8 already.</summary>
    public static TopicFault? CheckName(ReadOnlySpan<byte> name, ReadLimits limits) => CheckName(name, limits.MaxTopicLevels, limits.MaxTopicBytes);

    /// <summary>Checks the UTF-8 bytes of a topic filter, with its <c>$share/{name}/</c> prefix if it has one.</summary>
    public static TopicFault? CheckFilter(ReadOnlySpan<byte> filter, ReadLimits limits) => CheckFilter(filter, limits.MaxTopicLevels, limits.MaxTopicBytes);

    /// <summary>Whether the text is a valid topic name of at most <paramref name="maxLevels"/> levels.</summary>
    public static bool IsName(string text, int maxLevels = int.MaxValue) =>
        IsText(text) && CheckName(Encoding.UTF8.GetBytes(text), maxLevels) is null;

    /// <summary>Whether the text is a valid topic filter of at most <paramref name="maxLevels"/> levels.</summary>
    public static bool IsFilter(string text, int maxLevels = int.MaxValue) =>
        IsText(text) && CheckFilter(Encoding.UTF8.GetBytes(text), maxLevels) is null;

    /// <summary>Checks the UTF-8 bytes of a topic name of at most <paramref name="maxLevels"/> levels and <paramref name="maxBytes"/> bytes.</summary>
    public static TopicFault? CheckName(ReadOnlySpan<byte> name, int maxLevels, int maxBytes = MaxBytes)
    {
        if (name.IsEmpty) return new("MQTT-4.7.3-1", "The topic name is empty.", ReasonCode.MalformedPacket);
        if (name.IndexOfAny((byte)'+', (byte)'#') >= 0) return new("MQTT-3.3.2-2", "The topic name holds a wildcard.", ReasonCode.MalformedPacket);
        return CheckText(name, maxLevels, maxBytes);
    }

    /// <summary>Checks the UTF-8 bytes of a topic filter of at most <paramref name="maxLevels"/> levels and <paramref name="maxBytes"/> bytes.</summary>
    public static TopicFault? CheckFilter(ReadOnlySpan<byte> filter, int maxLevels, int maxBytes = MaxBytes)
    {
        if (filter.StartsWith("$share/"u8))
        {
            // shared filter = "$share/" share-name "/" filter
            var rest = filter["$share/"u8.Length..];
            var slash = rest.IndexOf((byte)'/');
            if (slash <= 0 || slash == rest.Length - 1)
                return new("MQTT-4.8.2-1", "A shared subscription has no share name or no filter.", ReasonCode.ProtocolError);
            if (rest[..slash].IndexOfAny((byte)'+', (byte)'#') >= 0)
                return new("MQTT-4.8.2-2", "A share name holds a wildcard.", ReasonCode.ProtocolError);
            if (CheckText(rest[..slash], maxLevels, maxBytes) is { } fault) return fault;
            filter = rest[(slash + 1)..];
        }

        if (filter.IsEmpty) return new("MQTT-4.7.3-1", "The topic filter is empty.", ReasonCode.MalformedPacket);
        return CheckText(filter, maxLevels, maxBytes) ?? CheckWildcards(filter);
    }

    private static bool IsText(string text)
    {
        // A lone surrogate has no UTF-8; the strict encoding refuses it where the default one would write U+FFFD.
        if (text.Length > MaxBytes || text.Contains('\0')) return false;
        try
        {
            return Strict.GetByteCount(text) <= MaxBytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static TopicFault? CheckText(ReadOnlySpan<byte> text, int maxLevels, int maxBytes)
    {
        if (text.Length > maxBytes) return new("4.7.3", $"The topic has more than {maxBytes} bytes.", ReasonCode.QuotaExceeded);
        if (text.Count((byte)'/') >= maxLevels) return new("4.7.3", $"The topic has more than {maxLevels} levels.", ReasonCode.QuotaExceeded);
        return Utf8Rules.HoldsControls(text) ? Controls : null;
    }

    private static TopicFault? CheckWildcards(ReadOnlySpan<byte> filter)
    {
        for (var at = filter.IndexOfAny((byte)'+', (byte)'#'); at >= 0 && at < filter.Length; at++)
        {
            if (filter[at] is not ((byte)'+' or (byte)'#')) continue;
            var startsLevel = at == 0 || filter[at - 1] == '/';
            var last = at == filter.Length - 1;
            if (filter[at] == '#' && (!startsLevel || !last)) return new("MQTT-4.7.1-1", "'#' is not the last level.", ReasonCode.MalformedPacket);
            if (filter[at] == '+' && (!startsLevel || (!last && filter[at + 1] != '/')))
                return new("MQTT-4.7.1-2", "'+' does not fill its level.", ReasonCode.MalformedPacket);
        }

        return null;
    }
}

/// <summary>A rule that a topic broke.</summary>
/// <param name="Statement">The statement of MQTT 5.0, or the section.</param>
/// <param name="Message">What is wrong, for a log.</param>
/// <param name="Reason">The reason code to answer.</param>
public readonly record struct TopicFault(string Statement, string Message, ReasonCode Reason);
