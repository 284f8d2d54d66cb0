using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>Who gets the messages of one topic, as of one generation of the subscriptions. A session that matches several times stands here once.</summary>
internal sealed record Route(long Generation, RouteTarget[] Targets)
{
    public static Route Group(long generation, List<Subscription> matches)
    {
        if (matches.Count == 0) return new Route(generation, []);
        if (matches.Count == 1) return new Route(generation, [new RouteTarget(matches[0].Session, [.. matches])]);
        return new Route(generation, [.. matches.GroupBy(m => m.Session).Select(g => new RouteTarget(g.Key, [.. g]))]);
    }
}

/// <summary>One session and its subscriptions that match.</summary>
internal readonly record struct RouteTarget(Session Session, Subscription[] Subscriptions)
{
    /// <summary>Puts the message into the session's queue, once, at the highest QoS that its subscriptions grant (MQTT 5.0 section 3.3.4).</summary>
    /// <param name="message">The message.</param>
    /// <param name="publisher">Whose message it is, for No Local; null for the endpoint's own.</param>
    public void Deliver(Message message, Session? publisher)
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

        if (qos >= 0) Session.Deliver(new Delivery(message, (QualityOfService)qos, retain, identifiers));
    }
}
