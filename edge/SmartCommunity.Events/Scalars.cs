using System.Globalization;

namespace SmartCommunity.Events;

/// <summary>Numbers and booleans in the spellings that real devices use.</summary>
public static class Scalars
{
    /// <summary>Reads a finite decimal number, culture-free.</summary>
    public static bool TryParseNumber(string? text, out double value)
    {
        value = 0;
        return text is not null
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>Reads true/false, on/off, yes/no, active/inactive, trigger/normal and 1/0, in any case.</summary>
    public static bool TryParseBoolean(string? text, out bool value)
    {
        switch (text?.ToLowerInvariant())
        {
            case "true" or "on" or "yes" or "active" or "trigger" or "1":
                value = true;
                return true;
            case "false" or "off" or "no" or "inactive" or "normal" or "0":
                value = false;
                return true;
            default:
                value = false;
                return false;
        }
    }
}
