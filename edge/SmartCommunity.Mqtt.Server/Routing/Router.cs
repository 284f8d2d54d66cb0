using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>
/// Brings messages to subscriptions. A publisher keeps the route of each of its topics and asks the tree again only after a subscription
/// anywhere has changed, so that publishing takes no lock. Thread-safe.
/// </summary>
internal sealed class Router(RetainedStore retained, TimeProvider time, ServerMetrics metrics)
{
    private readonly TopicFilterTree<Subscription> _tree = new();
    private readonly Lock _lock = new();
    private long _generation;

    public int SubscriptionCount
    {
        get
        {
            lock (_lock) return _tree.Count;
        }
    }

    public RetainedStore Retained => retained;

    public void Add(Subscription subscription)
    {
        lock (_lock)
        {
            _tree.Add(subscription.Filter, subscription);
            Interlocked.Increment(ref _generation);
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _tree.Remove(subscription.Filter, subscription);
            Interlocked.Increment(ref _generation);
        }
    }

    /// <summary>Takes a message to everyone who subscribes, and into the retained messages. Copies the payload only when somebody wants it.</summary>
    /// <remarks>The route is remembered in the topic. The publisher is null for the endpoint's own messages.</remarks>
    public void Publish(
        TopicName topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, PublishProperties? properties, Session? publisher)
    {
        var targets = Find(topic).Targets;
        if (targets.Length == 0 && !retain) return;

        var expiresAt = properties?.MessageExpiryInterval is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : (DateTimeOffset?)null;
        var message = new Message(topic.Text, topic.Utf8, payload.ToArray(), qos, retain, properties, expiresAt);
        if (retain && !retained.Set(message)) metrics.Dropped.Add(1, ServerMetrics.RetainedFull);
        foreach (var target in targets) target.Deliver(message, publisher);
    }

    private Route Find(TopicName topic)
    {
        if (topic.Route is Route known && known.Generation == Interlocked.Read(ref _generation)) return known;
        var matches = new List<Subscription>();
        lock (_lock)
        {
            _tree.Match(topic.Text, matches);
            var route = Route.Group(_generation, matches);
            topic.Route = route;
            return route;
        }
    }
}
