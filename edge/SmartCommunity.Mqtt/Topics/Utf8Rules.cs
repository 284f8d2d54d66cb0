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

    /// <summary>Checks and decodes.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        Check(text);
        return Encoding.UTF8.GetString(text);
    }
}
