using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE of one client (MQTT 5.0 sections 3.8.4 and 3.10.4).</summary>
internal sealed class SubscriptionIntake(Connection connection, SignedIn client)
{
    private readonly ServerParts _parts = connection.Parts;

    public void Subscribe(SubscribePacket packet)
    {
        var reasons = new List<ReasonCode>(packet.Filters.Count);
        var bringRetained = new List<Subscription>();
        foreach (var request in packet.Filters)
        {
            var reason = Add(request, packet.SubscriptionIdentifier, out var subscription, out var isNew);
            reasons.Add(reason);
            if (subscription is null) continue;
            if (request.RetainHandling == RetainHandling.SendAlways || (request.RetainHandling == RetainHandling.SendWhenNew && isNew))
                bringRetained.Add(subscription);
        }

        connection.Writer.Answer((output, version) => PacketWriter.Write(output, version, new SubAckPacket(packet.PacketId, reasons)));
        foreach (var subscription in bringRetained) SendRetained(subscription);
    }

    public void Unsubscribe(UnsubscribePacket packet)
    {
        var reasons = new List<ReasonCode>(packet.Filters.Count);
        foreach (var filter in packet.Filters)
        {
            var found = client.Session.Subscriptions.Remove(filter, out var subscription);
            if (found) _parts.Router.Remove(subscription!);
            reasons.Add(found ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted);
        }

        connection.Writer.Answer((output, version) => PacketWriter.Write(output, version, new UnsubAckPacket(packet.PacketId, reasons)));
    }

    private ReasonCode Add(SubscriptionRequest request, int? identifier, out Subscription? subscription, out bool isNew)
    {
        subscription = null;
        isNew = false;
        if (SharedFilter.TryParse(request.Filter, out _)) return ReasonCode.SharedSubscriptionsNotSupported;
        if (!_parts.Authorizer.MaySubscribe(client.Identity, request.Filter))
        {
            _parts.Metrics.Denied.Add(1);
            _parts.Log.SubscribeDenied(client.Identity.Name, request.Filter);
            return ReasonCode.NotAuthorized;
        }

        var subscriptions = client.Session.Subscriptions;
        isNew = !subscriptions.ContainsKey(request.Filter);
        if (isNew && subscriptions.Count >= _parts.Options.MaxSubscriptionsPerSession) return ReasonCode.QuotaExceeded;
        subscription = new Subscription(client.Session, request, identifier);
        subscriptions[request.Filter] = subscription;
        _parts.Router.Add(subscription);
        return (ReasonCode)request.MaximumQos;
    }

    // Retained messages keep their RETAIN flag when a new subscription brings them [MQTT-3.3.1-8].
    private void SendRetained(Subscription subscription)
    {
        foreach (var message in _parts.Router.Retained.Match(subscription.Filter))
        {
            var qos = message.Qos < subscription.MaximumQos ? message.Qos : subscription.MaximumQos;
            if (!client.Session.Outgoing.EnqueueRetained(new Delivery(message, qos, Retain: true, subscription.Identifiers)))
                _parts.Metrics.Dropped.Add(1, ServerMetrics.QueueFull);
        }

        connection.Writer.Wake();
    }
}
