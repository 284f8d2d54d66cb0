using System.Text;

namespace SmartCommunity.Mqtt.Topics;

/// <summary>Topic filters of access rules, with <c>%u</c> (the account's name) and <c>%c</c> (the client id) anywhere in a level.</summary>
public static class TopicPattern
{
    // What a broken rule is: the endpoint's default of levels in a filter.
    private const int MaxLevels = 64;

    /// <summary>What is wrong with a rule; null when it is well.</summary>
    public static string? FindError(string rule)
    {
        if (rule.StartsWith("$share/", StringComparison.Ordinal)) return "is a shared subscription; write its inner filter, which allows the shared one too";
        if (rule.Any(char.IsControl)) return "holds a control character";
        if (!IsText(rule)) return "is not valid text";

        // A pattern is checked with an id in its place.
        var filter = Expand(rule, "x", "x") ?? "";
        return TopicRules.CheckFilter(Encoding.UTF8.GetBytes(filter), MaxLevels) is { } fault ? $"is not a topic filter: {fault.Message}" : null;
    }

    /// <summary>Whether the rule depends on the client id.</summary>
    public static bool UsesClientId(string rule) => rule.Contains("%c", StringComparison.Ordinal);

    /// <summary>Whether an id can stand in a pattern: one with a wildcard or a level separator would make the rule match more than was meant.</summary>
    public static bool IsSafe(string id) => id.Length > 0 && id.AsSpan().IndexOfAny("+#/\0") < 0;

    private static bool IsText(string rule)
    {
        // Half of a surrogate pair is no character.
        for (var i = 0; i < rule.Length; i++)
        {
            if (char.IsSurrogate(rule[i]) && !(i + 1 < rule.Length && char.IsSurrogatePair(rule[i], rule[++i]))) return false;
        }

        return true;
    }

    /// <summary>The filter that the rule is for one client; null when it is none.</summary>
    public static string? Expand(string rule, string name, string clientId)
    {
        if (!rule.Contains('%', StringComparison.Ordinal))
        {
            return rule;
        }

        // Once through: what an id brings in is not looked at again.
        var filter = new StringBuilder(rule.Length + name.Length);
        for (var i = 0; i < rule.Length; i++)
        {
            var id = rule.AsSpan(i) switch
            {
                ['%', 'u', ..] => name,
                ['%', 'c', ..] => clientId,
                _ => null,
            };
            if (id is null)
            {
                filter.Append(rule[i]);
                continue;
            }

            if (!IsSafe(id) || (i == 0 && id[0] == '$'))
            {
                return null;
            }

            filter.Append(id);
            i++;
        }

        return filter.Length <= TopicRules.MaxBytes ? filter.ToString() : null;
    }
}
