using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE of one client (MQTT 5.0 sections 3.8.4 and 3.10.4).</summary>
internal sealed class SubscriptionIntake(Connection connection, SignedIn client)
{
    private readonly ServerParts _parts = connection.Parts;

    /// <summary>SUBSCRIBE. In a lasting session the answer waits until the subscriptions are on disk, and the connection is not read meanwhile.</summary>
    public async ValueTask SubscribeAsync(SubscribePacket packet)
    {
        var position = 0L;
        var reasons = new List<ReasonCode>(packet.Filters.Count);
        var bringRetained = new List<Subscription>();
        foreach (var request in packet.Filters)
        {
            var reason = Add(request, packet.SubscriptionIdentifier, out var subscription, out var isNew);
            reasons.Add(reason);
            if (subscription is null) continue;
            position = client.Session.Trail?.Subscribed(subscription) ?? 0;
            // Nobody's retained messages come through a share (MQTT 5.0 section 4.8.2).
            if (subscription.IsShared) continue;
            if (request.RetainHandling == RetainHandling.SendAlways || (request.RetainHandling == RetainHandling.SendWhenNew && isNew))
                bringRetained.Add(subscription);
        }

        await WaitUntilDurableAsync(position);
        // A text that makes the SUBACK too large for the client is left out [MQTT-3.9.2-1].
        var answer = new SubAckPacket(packet.PacketId, reasons);
        if (Explain(reasons) is not { } details || !Answer(answer with { Details = details })) EndUnless(Answer(answer), "SUBACK");
        foreach (var subscription in bringRetained) SendRetained(subscription);
    }

    /// <summary>UNSUBSCRIBE; it waits like SUBSCRIBE.</summary>
    public async ValueTask UnsubscribeAsync(UnsubscribePacket packet)
    {
        var position = 0L;
        var reasons = new List<ReasonCode>(packet.Filters.Count);
        foreach (var filter in packet.Filters)
        {
            var subscription = client.Session.Subscriptions.Remove(filter);
            reasons.Add(subscription is null ? ReasonCode.NoSubscriptionExisted : ReasonCode.Success);
            if (subscription is null) continue;
            _parts.Router.Remove(subscription);
            position = client.Session.Trail?.Unsubscribed(subscription) ?? position;
        }

        await WaitUntilDurableAsync(position);
        EndUnless(connection.Writer.Answer((output, version) => PacketWriter.Write(output, version, new UnsubAckPacket(packet.PacketId, reasons))), "UNSUBACK");
    }

    private ReasonCode Add(SubscriptionRequest request, int? identifier, out Subscription? subscription, out bool isNew)
    {
        subscription = null;
        isNew = false;
        var filter = SharedFilter.TryParse(request.Filter, out var shared) ? shared.Filter : request.Filter;
        if (!_parts.Authorizer.MaySubscribe(client.Identity, filter))
        {
            _parts.Metrics.Denied.Add(1);
            _parts.Log.SubscribeDenied(client.Identity.Name, request.Filter);
            // 0x80 and not 0x87: the server need not say why, and MQTT 3.1.1 and some clients of 5.0 know no other failure (section 3.9.3).
            return ReasonCode.UnspecifiedError;
        }

        var subscriptions = client.Session.Subscriptions;
        var known = subscriptions.Find(request.Filter);
        isNew = known is null;
        if (isNew && subscriptions.Count >= _parts.Options.MaxSubscriptionsPerSession) return Exceeds(Limit.Subscriptions, _parts.Options.MaxSubscriptionsPerSession);
        var number = known?.Number ?? (client.Session.Trail is null ? 0 : _parts.Store!.NextSubscription());
        subscription = new Subscription(client.Session, request, identifier) { Number = number };
        subscriptions.Put(subscription);
        _parts.Router.Add(subscription);
        return (ReasonCode)request.MaximumQos;
    }

    // An answer that may not be sent [MQTT-3.1.2-24] would leave a client that waits for ever.
    private static void EndUnless(bool answered, string packet)
    {
        if (!answered) throw new MqttProtocolException(ReasonCode.PacketTooLarge, "MQTT-3.1.2-24", $"{packet} is above the client's maximum packet size.");
    }

    private bool Answer(SubAckPacket answer) => connection.Writer.Answer((output, version) => PacketWriter.Write(output, version, answer));

    private ReasonDetails? Explain(List<ReasonCode> reasons) => connection.Writer.Explains ? ReasonTexts.Of(reasons) : null;

    private ReasonCode Exceeds(Limit limit, int value)
    {
        _parts.Limits.Reached(limit, client.Identity.Name, $"{value}");
        return ReasonCode.QuotaExceeded;
    }

    private async ValueTask WaitUntilDurableAsync(long position)
    {
        if (position == 0) return;
        try
        {
            await _parts.Store!.WaitUntilDurableAsync(position, connection.Stopping);
        }
        catch (IOException failure)
        {
            throw new ReceiverFailedException(failure);
        }
    }

    // Retained messages keep their RETAIN flag when a new subscription brings them [3.1.1: MQTT-3.3.1-8].
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
