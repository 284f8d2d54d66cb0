using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>
/// Retained messages by topic, one node per level, so that looking a filter up costs what it matches and not what is stored. Not thread-safe. Depth is
/// bounded by the topics in it, which the reader limits.
/// </summary>
internal sealed class RetainedTree
{
    private readonly RetainedNode _root = new("", null);

    /// <summary>The message of a topic.</summary>
    public RetainedNode? Find(ReadOnlySpan<char> topic)
    {
        var node = _root;
        for (var ends = false; !ends && node is not null;) node = node.Find(Cut(ref topic, out ends));
        return node;
    }

    public RetainedNode GetOrAdd(ReadOnlySpan<char> topic)
    {
        var node = _root;
        for (var ends = false; !ends;) node = node.GetOrAdd(Cut(ref topic, out ends));
        return node;
    }

    /// <summary>Adds the messages of all topics that the filter matches.</summary>
    public void Match(ReadOnlySpan<char> filter, List<Message> matches) => Match(_root, filter, isRoot: true, matches);

    private static void Match(RetainedNode node, ReadOnlySpan<char> filter, bool isRoot, List<Message> matches)
    {
        var level = Cut(ref filter, out var ends);
        if (level is "#")
        {
            // "a/#" matches "a" as well.
            if (!isRoot && node.Message is { } own) matches.Add(own);
            AddBelow(node, isRoot, matches);
        }
        else if (level is "+")
        {
            foreach (var child in node.Children)
            {
                if (!(isRoot && IsHidden(child))) Descend(child, filter, ends, matches);
            }
        }
        else if (node.Find(level) is { } child)
        {
            Descend(child, filter, ends, matches);
        }
    }

    private static void Descend(RetainedNode node, ReadOnlySpan<char> rest, bool ends, List<Message> matches)
    {
        if (!ends) Match(node, rest, isRoot: false, matches);
        else if (node.Message is { } message) matches.Add(message);
    }

    private static void AddBelow(RetainedNode node, bool isRoot, List<Message> matches)
    {
        foreach (var child in node.Children)
        {
            if (isRoot && IsHidden(child)) continue;
            if (child.Message is { } message) matches.Add(message);
            AddBelow(child, isRoot: false, matches);
        }
    }

    // Topics that start with '$' are not matched by filters that start with a wildcard [MQTT-4.7.2-1].
    private static bool IsHidden(RetainedNode first) => TopicMatcher.HidesFromWildcards(first.Level);

    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> text, out bool ends)
    {
        var slash = text.IndexOf('/');
        ends = slash < 0;
        var level = ends ? text : text[..slash];
        text = ends ? [] : text[(slash + 1)..];
        return level;
    }
}
