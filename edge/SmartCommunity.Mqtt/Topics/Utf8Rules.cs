using System.Text;
using System.Text.Unicode;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Topics;

/// <summary>UTF-8 encoded strings (MQTT 5.0 section 1.5.4): well-formed, no surrogates, no U+0000; U+FEFF is kept.</summary>
internal static class Utf8Rules
{
    /// <summary>Throws when the bytes are not a string that MQTT allows.</summary>
    public static void Check(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) Violation.Malformed("MQTT-1.5.4-1", "A string is not well-formed UTF-8.");
        if (text.Contains((byte)0)) Violation.Malformed("MQTT-1.5.4-2", "A string holds U+0000.");
    }

    /// <summary>
    /// Whether valid UTF-8 holds control characters (U+0001 to U+001F, U+007F to U+009F). Section 1.5.4 lets a receiver refuse them; names that are
    /// logged, compared and shown have no use for them, so names are refused, while free texts may hold line breaks.
    /// </summary>
    public static bool HoldsControls(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyInRange((byte)0x01, (byte)0x1F) >= 0 || text.Contains((byte)0x7F)) return true;
        for (var at = text.IndexOf((byte)0xC2); at >= 0; at = text.IndexOf((byte)0xC2))
        {
            if (text[at + 1] < 0xA0) return true;
            text = text[(at + 2)..];
        }

        return false;
    }

    /// <summary>Checks and decodes a name: a client identifier or a user name.</summary>
    public static string DecodeName(ReadOnlySpan<byte> text)
    {
        Check(text);
        if (HoldsControls(text)) Violation.Malformed("1.5.4", "A name holds control characters.");
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Checks and decodes.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        Check(text);
        return Encoding.UTF8.GetString(text);
    }
}
