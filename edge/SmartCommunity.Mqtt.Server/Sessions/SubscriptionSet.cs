using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>The subscriptions of one session by filter. Nothing is allocated before the first. Thread-safe.</summary>
internal sealed class SubscriptionSet
{
    private readonly Lock _lock = new();
    private Dictionary<string, Subscription>? _byFilter;

    public int Count
    {
        get
        {
            lock (_lock) return _byFilter?.Count ?? 0;
        }
    }

    /// <summary>All of them; a snapshot.</summary>
    public IReadOnlyList<Subscription> All
    {
        get
        {
            lock (_lock) return _byFilter is null ? [] : [.. _byFilter.Values];
        }
    }

    public Subscription? Find(string filter)
    {
        lock (_lock) return _byFilter?.GetValueOrDefault(filter);
    }

    /// <summary>Adds a subscription, or replaces the one with the same filter.</summary>
    public void Put(Subscription subscription)
    {
        lock (_lock) (_byFilter ??= new(1, StringComparer.Ordinal))[subscription.Filter] = subscription;
    }

    public Subscription? Remove(string filter)
    {
        lock (_lock) return _byFilter is not null && _byFilter.Remove(filter, out var removed) ? removed : null;
    }

    /// <summary>Whether any of them still wants a delivery.</summary>
    public bool Wants(Delivery delivery)
    {
        if (delivery.Shared is { } shared) return Find(shared.Filter) is not null;
        lock (_lock) return _byFilter?.Values.Any(s => !s.IsShared && TopicMatcher.Matches(s.TopicFilter, delivery.Message.Topic)) ?? false;
    }
}
