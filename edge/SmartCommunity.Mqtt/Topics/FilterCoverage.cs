namespace SmartCommunity.Mqtt.Topics;

/// <summary>Whether every topic that one filter matches is matched by another (MQTT 5.0 section 4.7).</summary>
public static class FilterCoverage
{
    /// <summary>Both are valid filters, and no shared subscriptions.</summary>
    /// <param name="rule">The filter that allows.</param>
    /// <param name="filter">The filter that is asked for.</param>
    public static bool Covers(ReadOnlySpan<char> rule, ReadOnlySpan<char> filter)
    {
        // Wildcards do not reach what begins with $ [MQTT-4.7.2-1], so only a rule that names it covers it.
        if (filter is ['$', ..] && rule is not ['$', ..])
        {
            return false;
        }

        // A topic has a first level, so that at the very front «#» is «+/#».
        if (filter is "#")
        {
            return rule is "#" or "+/#";
        }

        while (true)
        {
            if (rule is "#")
            {
                return true;
            }

            var allowed = TopicMatcher.CutLevel(ref rule, out var ruleEnds);
            var asked = TopicMatcher.CutLevel(ref filter, out var filterEnds);
            if (asked is "#" || (allowed is not "+" && !allowed.SequenceEqual(asked)))
            {
                return false;
            }

            if (filterEnds)
            {
                // "a/#" matches "a" as well.
                return ruleEnds || rule is "#";
            }

            if (ruleEnds)
            {
                return false;
            }
        }
    }
}
