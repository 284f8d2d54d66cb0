using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>
/// Brings messages to subscriptions. A publisher keeps the route of each of its topics and asks the table again only after a subscription
/// anywhere has changed, so that publishing takes no lock. Thread-safe.
/// </summary>
/// <param name="retained">The retained messages.</param>
/// <param name="time">The clock, for expiry.</param>
/// <param name="store">Where messages for lasting sessions and retained messages are kept; null when everything is in memory only.</param>
internal sealed class Router(RetainedStore retained, TimeProvider time, StateStore? store)
{
    private readonly SubscriptionTable _table = new();

    public int SubscriptionCount => _table.Count;

    public RetainedStore Retained => retained;

    public void Add(Subscription subscription) => _table.Add(subscription);

    public void Remove(Subscription subscription) => _table.Remove(subscription);

    /// <summary>Takes a message to everyone who subscribes, and into the retained messages. Copies the payload only when somebody wants it.</summary>
    /// <remarks>The route is remembered in the topic. The publisher is null for the endpoint's own messages.</remarks>
    public PublishOutcome Publish(
        TopicName topic, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, PublishProperties? properties, Session? publisher)
    {
        var route = Find(topic);
        if (route.IsEmpty && !retain) return default;

        var expiresAt = properties?.MessageExpiryInterval is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : (DateTimeOffset?)null;
        var message = new Message(topic.Text, topic.Utf8, payload.ToArray(), qos, retain, properties, expiresAt)
        {
            Owner = retain ? publisher?.Key.Name : null,
        };
        if (store is not null && (retain || (route.MayLast && qos != QualityOfService.AtMostOnce)))
            return new PublishOutcome(new LastingPublish(store, this).Run(route, message, publisher), !route.IsEmpty);

        if (retain) retained.Set(message);
        foreach (var target in route.Targets)
        {
            if (target.TryPlan(message, publisher, out var delivery)) target.Session.Deliver(in delivery);
        }

        foreach (var group in route.Groups)
        {
            if (group.Choose(message) is { } chosen) Deliver(chosen);
        }

        return new PublishOutcome(0, !route.IsEmpty);
    }

    /// <summary>
    /// A session ended with messages of shared subscriptions that it did not acknowledge: other members of the groups get them. Its own subscriptions must
    /// be gone already.
    /// </summary>
    /// <returns>The position at which the end, and the messages in their new queues, are on disk; 0 when none of it has to be.</returns>
    public long HandOver(Session ended, IReadOnlyList<Delivery> left)
    {
        var heirs = new List<Inheritance>();
        foreach (var delivery in left)
        {
            if (_table.GroupOf(delivery.Shared!)?.Choose(delivery.Message) is not { } chosen) continue;
            var copy = chosen with { Delivery = chosen.Delivery with { Message = delivery.Message with { Number = store?.NextMessage() ?? 0 } } };
            heirs.Add(new Inheritance(delivery.Message.Number, copy));
        }

        var position = 0L;
        if (ended.Trail is { } trail)
        {
            position = trail.Ended([.. heirs.Where(h => h.Planned.IsLasting)]);
        }
        else if (store is not null)
        {
            foreach (var (_, planned) in heirs.Where(h => h.Planned.IsLasting))
                position = store.Append(StateRecords.Published(planned.Delivery.Message, 0, [planned]));
        }

        foreach (var (_, planned) in heirs) position = Math.Max(position, Deliver(planned));
        return position;
    }

    /// <summary>Queues what was planned. If the chosen member of a group has ended meanwhile, it is another's turn.</summary>
    /// <returns>The position at which that is on disk; 0 when nothing more has to be written.</returns>
    public long Deliver(PlannedDelivery planned)
    {
        var position = 0L;
        while (!planned.Session.Deliver(planned.Delivery) && planned.Delivery.Shared is { } shared)
        {
            if (_table.GroupOf(shared)?.Choose(planned.Delivery.Message) is not { } next) break;
            planned = next;
            if (store is null || !planned.IsLasting) continue;
            planned = next with { Delivery = next.Delivery with { Message = next.Delivery.Message with { Number = store.NextMessage() } } };
            position = store.Append(StateRecords.Published(planned.Delivery.Message, 0, [planned]));
        }

        return position;
    }

    private Route Find(TopicName topic)
    {
        if (topic.Route is Route known && known.Generation == _table.Generation) return known;
        var route = _table.RouteOf(topic.Text);
        topic.Route = route;
        return route;
    }
}

/// <summary>What became of a message.</summary>
/// <param name="Position">Where the sessions' state has all of it on disk; 0 when none of it has to be.</param>
/// <param name="IsMatched">Whether there was a subscription for it.</param>
internal readonly record struct PublishOutcome(long Position, bool IsMatched);

/// <summary>A message that goes from a session that ended to another.</summary>
/// <param name="Origin">Its number in the ended session's queue.</param>
/// <param name="Planned">Where it goes, with a number of its own: the heir may have the first one already.</param>
internal readonly record struct Inheritance(long Origin, PlannedDelivery Planned);
