namespace SmartCommunity.Mqtt.Topics;

/// <summary>Whether one filter matches one topic name (MQTT 5.0 section 4.7). For many filters, see <see cref="TopicFilterTree{TValue}"/>.</summary>
public static class TopicMatcher
{
    /// <summary>Matches; both must be valid, and the filter must not be a shared one.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (HidesFromWildcards(topic) && filter is ['+' or '#', ..]) return false;
        while (true)
        {
            if (filter is "#") return true;
            var filterLevel = CutLevel(ref filter, out var filterEnds);
            var topicLevel = CutLevel(ref topic, out var topicEnds);
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel)) return false;
            if (topicEnds) return filterEnds || filter is "#";
            if (filterEnds) return false;
        }
    }

    /// <summary>Topics that start with <c>$</c> are not matched by filters that start with a wildcard [MQTT-4.7.2-1].</summary>
    public static bool HidesFromWildcards(ReadOnlySpan<char> topic) => topic is ['$', ..];

    /// <summary>Cuts the first level off; <paramref name="ends"/> says that it was the last.</summary>
    internal static ReadOnlySpan<char> CutLevel(ref ReadOnlySpan<char> text, out bool ends)
    {
        var slash = text.IndexOf('/');
        ends = slash < 0;
        var level = ends ? text : text[..slash];
        text = ends ? [] : text[(slash + 1)..];
        return level;
    }
}
