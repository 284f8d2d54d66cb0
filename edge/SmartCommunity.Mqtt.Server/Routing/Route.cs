using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>Who gets the messages of one topic, as of one generation of the subscriptions. A session that matches several times stands here once.</summary>
/// <param name="Generation">Of the subscription table.</param>
/// <param name="Targets">Sessions with subscriptions of their own.</param>
/// <param name="Groups">Shared subscriptions, of which one member each gets the message.</param>
/// <param name="MayLast">Whether a message at QoS 1 or 2 may have to survive a restart for one of them.</param>
internal sealed record Route(long Generation, RouteTarget[] Targets, SharedGroup[] Groups, bool MayLast)
{
    public bool IsEmpty => Targets.Length == 0 && Groups.Length == 0;

    public static Route Group(long generation, List<Subscription> matches, List<SharedGroup> groups)
    {
        RouteTarget[] targets = matches.Count switch
        {
            0 => [],
            1 => [new RouteTarget(matches[0].Session, [.. matches])],
            _ => [.. matches.GroupBy(m => m.Session).Select(g => new RouteTarget(g.Key, [.. g]))],
        };
        return new Route(generation, targets, [.. groups], groups.Count > 0 || targets.Any(t => t.Session.Trail is not null));
    }
}

/// <summary>One session and its subscriptions that match.</summary>
internal readonly record struct RouteTarget(Session Session, Subscription[] Subscriptions)
{
    /// <summary>What the session gets of the message: once, at the highest QoS that its subscriptions grant (MQTT 5.0 section 3.3.4).</summary>
    /// <param name="message">The message.</param>
    /// <param name="publisher">Whose message it is, for No Local; null for the endpoint's own.</param>
    /// <param name="delivery">What to queue.</param>
    /// <returns>False when it gets nothing.</returns>
    public bool TryPlan(Message message, Session? publisher, out Delivery delivery)
    {
        var qos = -1;
        var retain = false;
        int[]? identifiers = null;
        foreach (var subscription in Subscriptions)
        {
            if (subscription.NoLocal && ReferenceEquals(publisher, Session)) continue;
            qos = Math.Max(qos, Math.Min((int)message.Qos, (int)subscription.MaximumQos));
            retain |= message.Retain && subscription.RetainAsPublished;
            if (subscription.Identifiers is { } more) identifiers = identifiers is null ? more : [.. identifiers, .. more];
        }

        delivery = qos < 0 ? default : new Delivery(message, (QualityOfService)qos, retain, identifiers);
        return qos >= 0;
    }
}
