using System.Text.Json;
using SmartCommunity.Events;

namespace SmartCommunity.Gateway.Decoding.Json;

/// <summary>Numbers and booleans as devices really send them.</summary>
internal static class JsonScalars
{
    /// <summary>A finite number: as such, as text, or as a boolean in any spelling (1 or 0).</summary>
    internal static bool TryReadNumber(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out value) && double.IsFinite(value);
            case JsonTokenType.True:
                value = 1;
                return true;
            case JsonTokenType.False:
                return true;
            case JsonTokenType.String:
                var text = reader.GetString();
                if (Scalars.TryParseNumber(text, out value))
                    return true;
                var known = Scalars.TryParseBoolean(text?.Trim(), out var on);
                value = on ? 1 : 0;
                return known;
            default:
                return false;
        }
    }

    /// <summary>A boolean in any of the spellings that devices use.</summary>
    internal static bool TryReadBoolean(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return reader.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => true,
            JsonTokenType.Number => reader.TryGetDouble(out var number) && (value = number == 1) | number == 0,
            JsonTokenType.String => Scalars.TryParseBoolean(reader.GetString()?.Trim(), out value),
            _ => false,
        };
    }
}
