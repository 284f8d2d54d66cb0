using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>All subscriptions, found by topic. Each change has a higher generation, by which a remembered route knows that it is old. Thread-safe.</summary>
internal sealed class SubscriptionTable
{
    private readonly TopicFilterTree<Subscription> _tree = new();
    private readonly TopicFilterTree<SharedGroup> _groups = new();
    private readonly Dictionary<(string Name, string Filter), SharedGroup> _byName = [];
    private readonly Lock _lock = new();
    private long _generation;
    private int _shared;

    public long Generation => Interlocked.Read(ref _generation);

    public int Count
    {
        get
        {
            lock (_lock) return _tree.Count + _shared;
        }
    }

    public void Add(Subscription subscription)
    {
        lock (_lock)
        {
            if (subscription.IsShared) Join(subscription);
            else _tree.Add(subscription.TopicFilter, subscription);
            Interlocked.Increment(ref _generation);
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            if (subscription.IsShared) Leave(subscription);
            else _tree.Remove(subscription.TopicFilter, subscription);
            Interlocked.Increment(ref _generation);
        }
    }

    /// <summary>Who gets the messages of a topic now.</summary>
    public Route RouteOf(string topic)
    {
        var matches = new List<Subscription>();
        var groups = new List<SharedGroup>();
        lock (_lock)
        {
            _tree.Match(topic, matches);
            if (_byName.Count > 0) _groups.Match(topic, groups);
            return Route.Group(_generation, matches, groups);
        }
    }

    /// <summary>The group of a shared subscription; null when it has no members.</summary>
    public SharedGroup? GroupOf(Subscription shared)
    {
        lock (_lock) return _byName.GetValueOrDefault((shared.ShareName, shared.TopicFilter));
    }

    private void Join(Subscription subscription)
    {
        var name = (subscription.ShareName, subscription.TopicFilter);
        if (!_byName.TryGetValue(name, out var group))
        {
            group = new SharedGroup(subscription.ShareName, subscription.TopicFilter);
            _byName.Add(name, group);
            _groups.Add(subscription.TopicFilter, group);
        }

        if (group.Add(subscription)) _shared++;
    }

    private void Leave(Subscription subscription)
    {
        var name = (subscription.ShareName, subscription.TopicFilter);
        if (!_byName.TryGetValue(name, out var group) || !group.Remove(subscription)) return;
        _shared--;
        if (!group.IsEmpty) return;
        _byName.Remove(name);
        _groups.Remove(subscription.TopicFilter, group);
    }
}
