namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>One level of the topics that have a retained message.</summary>
internal sealed class RetainedNode(string level, RetainedNode? parent)
{
    private Dictionary<string, RetainedNode>? _children;

    public string Level => level;

    /// <summary>The retained message of the topic that ends here, or null.</summary>
    public Message? Message { get; set; }

    public IReadOnlyCollection<RetainedNode> Children => _children is { } children ? children.Values : [];

    public RetainedNode? Find(ReadOnlySpan<char> childLevel) =>
        _children is { } children && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(childLevel, out var child) ? child : null;

    public RetainedNode GetOrAdd(ReadOnlySpan<char> childLevel)
    {
        if (Find(childLevel) is { } found) return found;
        var text = childLevel.ToString();
        var added = new RetainedNode(text, this);
        (_children ??= new(1, StringComparer.Ordinal)).Add(text, added);
        return added;
    }

    /// <summary>Lets go of this node and those above it that nothing needs any more.</summary>
    public void Prune()
    {
        if (Message is not null || _children is { Count: > 0 } || parent is null) return;
        parent._children!.Remove(level);
        if (parent._children.Count == 0) parent._children = null;
        parent.Prune();
    }
}
