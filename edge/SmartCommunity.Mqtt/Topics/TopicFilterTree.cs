namespace SmartCommunity.Mqtt.Topics;

/// <summary>
/// Values under topic filters, found by topic name: a tree with one node per level, and branches for <c>+</c> and <c>#</c>. Not thread-safe; its
/// owner serialises. Depth is bounded by the filters in it, which the owner limits.
/// </summary>
/// <typeparam name="TValue">What is stored under a filter. One filter holds each value once.</typeparam>
public sealed class TopicFilterTree<TValue>
    where TValue : notnull
{
    private readonly Node _root = new();

    /// <summary>How many (filter, value) pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a value under a valid filter, or replaces the equal value that is there.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(string filter, TValue value)
    {
        var node = _root;
        ReadOnlySpan<char> rest = filter;
        for (var ends = false; !ends;)
        {
            var level = TopicMatcher.CutLevel(ref rest, out ends);
            node = node.GetOrAdd(level);
        }

        node.Values ??= [];
        var isNew = !node.Values.Remove(value);
        node.Values.Add(value);
        if (isNew) Count++;
        return isNew;
    }

    /// <summary>Removes a value from a filter, and the nodes that nothing needs any more.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string filter, TValue value)
    {
        if (!Remove(_root, filter, value)) return false;
        Count--;
        return true;
    }

    /// <summary>Adds every value whose filter matches the topic; a value under several matching filters comes several times.</summary>
    public void Match(ReadOnlySpan<char> topic, ICollection<TValue> matches)
    {
        var level = TopicMatcher.CutLevel(ref topic, out var ends);
        var hidden = TopicMatcher.HidesFromWildcards(level);
        Match(_root, level, topic, ends, hidden, matches);
    }

    private static void Match(Node node, ReadOnlySpan<char> level, ReadOnlySpan<char> rest, bool ends, bool hidden, ICollection<TValue> matches)
    {
        if (!hidden) node.Hash?.AddTo(matches);
        if (node.Find(level) is { } exact) Descend(exact, rest, ends, matches);
        if (!hidden && node.Plus is { } plus) Descend(plus, rest, ends, matches);
    }

    private static void Descend(Node node, ReadOnlySpan<char> rest, bool ends, ICollection<TValue> matches)
    {
        if (ends)
        {
            // "a/#" matches "a" as well [MQTT-4.7.1-2, non-normative comment].
            node.AddTo(matches);
            node.Hash?.AddTo(matches);
            return;
        }

        var level = TopicMatcher.CutLevel(ref rest, out var last);
        Match(node, level, rest, last, hidden: false, matches);
    }

    private static bool Remove(Node node, ReadOnlySpan<char> rest, TValue value)
    {
        var level = TopicMatcher.CutLevel(ref rest, out var ends);
        if (node.Find(level) is not { } child) return false;
        if (!(ends ? child.Values?.Remove(value) ?? false : Remove(child, rest, value))) return false;
        if (child.IsEmpty) node.Drop(level);
        return true;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;

        public HashSet<TValue>? Values { get; set; }

        public Node? Plus { get; private set; }

        public Node? Hash { get; private set; }

        public bool IsEmpty => Values is not { Count: > 0 } && _children is not { Count: > 0 } && Plus is null && Hash is null;

        // Topic names hold no wildcards, so a name's level never finds these two by accident.
        public Node? Find(ReadOnlySpan<char> level) => level switch
        {
            "+" => Plus,
            "#" => Hash,
            _ => _children is { } children && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null,
        };

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } found) return found;
            var added = new Node();
            if (level is "+") Plus = added;
            else if (level is "#") Hash = added;
            else (_children ??= new(StringComparer.Ordinal)).Add(level.ToString(), added);
            return added;
        }

        public void Drop(ReadOnlySpan<char> level)
        {
            if (level is "+") Plus = null;
            else if (level is "#") Hash = null;
            else _children?.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
        }

        public void AddTo(ICollection<TValue> matches)
        {
            if (Values is null) return;
            foreach (var value in Values) matches.Add(value);
        }
    }
}
