using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCommunity.Api.Input;

/// <summary>Times as callers write them: ISO 8601 with an offset, or epoch milliseconds.</summary>
internal static partial class TimeText
{
    // Years 1 to 9999 in milliseconds since 1970: what DateTimeOffset holds.
    private const long MinimumMilliseconds = -62_135_596_800_000;
    private const long MaximumMilliseconds = 253_402_300_799_999;

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            if (milliseconds is < MinimumMilliseconds or > MaximumMilliseconds)
            {
                return false;
            }

            time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            return true;
        }

        // A "+" in a query string that was not escaped arrives as a space.
        var repaired = text.Replace(' ', '+');
        return Form().IsMatch(repaired)
            && DateTimeOffset.TryParse(repaired, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    // A time without an offset is refused: it would mean another moment on another machine.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
