using System.Text;

namespace SmartCommunity.Fuzz.Oracles;

/// <summary>Topic names and filters as section 4.7 describes them, on lists of levels.</summary>
/// <param name="bug">A planted mistake, for the canary; 0 for none.</param>
public sealed class NaiveTopics(int bug = 0)
{
    public static bool IsName(string name, int maxLevels = 64, int maxBytes = 1_024) =>
        name.Length > 0 && !name.Contains('+') && !name.Contains('#') && IsText(name, maxLevels, maxBytes);

    public bool IsFilter(string filter, int maxLevels = 64, int maxBytes = 1_024)
    {
        if (filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            var parts = filter.Split('/', 3);
            if (parts.Length < 3 || !IsName(parts[1], maxLevels, maxBytes)) return false;
            filter = parts[2];
        }

        if (filter.Length == 0 || !IsText(filter, maxLevels, maxBytes)) return false;
        var levels = filter.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Contains('#') && (levels[i] != "#" || i != levels.Length - 1)) return bug == 1 && levels[i] == "#";
            if (levels[i].Contains('+') && levels[i] != "+") return false;
        }

        return true;
    }

    public bool Matches(string filter, string topic)
    {
        if (topic[0] == '$' && filter[0] is '+' or '#') return bug == 2;
        return Matches(filter.Split('/'), topic.Split('/'));
    }

    public static bool HasControls(string text) => text.Any(c => c is (>= '\u0001' and <= '\u001F') or (>= '\u007F' and <= '\u009F'));

    private bool Matches(string[] filter, string[] topic)
    {
        if (filter.Length == 0) return topic.Length == 0;
        // "#" stands for the level before it too, so it matches when nothing is left.
        if (filter[0] == "#") return bug != 3 || topic.Length > 0;
        if (topic.Length == 0) return false;
        return (filter[0] == "+" || filter[0] == topic[0]) && Matches(filter[1..], topic[1..]);
    }

    private static bool IsText(string text, int maxLevels, int maxBytes) =>
        text.Split('/').Length <= maxLevels && Encoding.UTF8.GetByteCount(text) <= maxBytes && !HasControls(text) && !text.Contains('\0');
}
