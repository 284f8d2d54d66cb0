namespace SmartCommunity.Gateway.Bridging.Configuration;

/// <summary>Whether a topic can match two filters.</summary>
internal static class FilterOverlap
{
    /// <summary>Both must be valid and not shared.</summary>
    public static bool Exists(string first, string second)
    {
        var (one, other) = (first.Split('/'), second.Split('/'));
        // A wildcard does not match a first level that starts with $ [MQTT-4.7.2-1].
        if (IsHidden(one, other) || IsHidden(other, one))
            return false;
        for (var level = 0; ; level++)
        {
            var (oneEnds, otherEnds) = (level == one.Length, level == other.Length);
            if (oneEnds && otherEnds)
                return true;
            // "a/#" matches "a" too.
            if (oneEnds || otherEnds)
                return (oneEnds ? other : one)[level] == "#";
            if (one[level] == "#" || other[level] == "#")
                return true;
            if (one[level] != "+" && other[level] != "+" && one[level] != other[level])
                return false;
        }
    }

    private static bool IsHidden(string[] system, string[] wild) => system[0].StartsWith('$') && wild[0] is "+" or "#";
}
