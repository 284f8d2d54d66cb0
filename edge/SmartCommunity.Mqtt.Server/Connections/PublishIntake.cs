using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Takes the PUBLISH packets of one client: authorise, hand to the receiver, pass on to subscribers, queue the acknowledgement.</summary>
internal sealed class PublishIntake(Connection connection, SignedIn client)
{
    private readonly ServerParts _parts = connection.Parts;
    private AckQueue? _acks;
    private TopicName?[]? _aliases;
    // Identifiers from before this connection are not part of its receive maximum (MQTT 5.0 section 4.9).
    private readonly int _carriedOver = client.Session.Received.Count;
    private int _batch;

    private AckQueue Acks => _acks ??= connection.Acks.Queue;

    /// <summary>
    /// Takes one PUBLISH. It completes at once unless the receiver pushes back or too much is unacknowledged; then the connection is not read.
    /// </summary>
    public ValueTask TakeAsync(in Frame frame)
    {
        var publish = client.Reader.ReadPublish(in frame);
        var topic = Resolve(in publish);
        _batch++;
        if (publish.Qos == QualityOfService.ExactlyOnce && client.Session.Received.TryGet(publish.PacketId, out var at))
        {
            // Sent again: it has had its effect, and is only acknowledged [MQTT-4.3.3-10].
            Acks.Add(at.Position, at.State, new AckPacket(PacketType.PubRec, publish.PacketId));
            return WaitForAcksAsync();
        }

        CheckReceiveMaximum(publish.Qos);
        if (!_parts.Authorizer.MayPublish(client.Identity, topic.Text))
        {
            Deny(in publish, topic);
            return WaitForAcksAsync();
        }

        var properties = DecodeProperties(in publish);
        var receiving = ReceiveAsync(in publish, topic, properties);
        if (!receiving.IsCompletedSuccessfully || Acks.Count >= _parts.Options.ReceiveMaximum)
            return TakeSlowlyAsync(receiving, publish, topic, properties);
        return Accept(in publish, topic, properties, receiving.GetAwaiter().GetResult()) ? WaitForRoomAsync() : default;
    }

    /// <summary>All packets of one read have been taken.</summary>
    public void EndBatch()
    {
        if (_batch == 0) return;
        connection.MessagesIn += _batch;
        _parts.Metrics.Received.Add(_batch);
        _batch = 0;
        if (Acks.Count > 0) connection.Acks.Kick();
    }

    private async ValueTask TakeSlowlyAsync(ValueTask<PublishReceipt> receiving, PublishPacket publish, TopicName topic, PublishProperties? properties)
    {
        // What came before must not wait for what pushes back.
        EndBatch();
        PublishReceipt receipt;
        try
        {
            receipt = await receiving;
        }
        catch (IOException failure)
        {
            throw new ReceiverFailedException(failure);
        }

        var congested = Accept(in publish, topic, properties, receipt);
        connection.Acks.Kick();
        if (congested) await WaitForRoomAsync();
        await WaitForAcksAsync();
    }

    /// <summary>Completes when fewer than the receive maximum of acknowledgements wait for the disk.</summary>
    public ValueTask WaitForAcksAsync() => Acks.Count < _parts.Options.ReceiveMaximum ? default : WaitForFewerAcksAsync();

    private async ValueTask WaitForFewerAcksAsync()
    {
        EndBatch();
        while (Acks.Count >= _parts.Options.ReceiveMaximum && connection.CloseReason is null) await connection.Acks.Room.WaitAsync();
    }

    // The sessions' state comes to the disk more slowly than clients cause it: whoever causes it waits.
    private async ValueTask WaitForRoomAsync()
    {
        EndBatch();
        try
        {
            await _parts.Store!.WaitForRoomAsync(connection.Stopping);
        }
        catch (IOException failure)
        {
            throw new ReceiverFailedException(failure);
        }
    }

    private ValueTask<PublishReceipt> ReceiveAsync(in PublishPacket publish, TopicName topic, PublishProperties? properties)
    {
        var message = new ReceivedPublish(
            topic.Text, publish.Payload, (byte)publish.Qos, publish.Retain, publish.Duplicate, properties?.ContentType, PublishOrigin.Client);
        try
        {
            return _parts.Receiver.ReceiveAsync(client.Identity, message, connection.Stopping);
        }
        catch (IOException failure)
        {
            throw new ReceiverFailedException(failure);
        }
    }

    // Answers whether the sessions' state is congested by it.
    private bool Accept(in PublishPacket publish, TopicName topic, PublishProperties? properties, PublishReceipt receipt)
    {
        var published = _parts.Router.Publish(topic, publish.Payload.Span, publish.Qos, publish.Retain, properties, client.Session);
        // Nobody subscribes, and the receiver kept nothing of it either (MQTT 5.0 section 3.4.2.1).
        // At QoS 2 the exchange goes on in either case, so a PUBREC says nothing of it.
        var reason = published.IsMatched || receipt.Position != 0 ? ReasonCode.Success : ReasonCode.NoMatchingSubscribers;
        if (publish.Qos == QualityOfService.AtLeastOnce)
        {
            Acks.Add(receipt.Position, published.Position, new AckPacket(PacketType.PubAck, publish.PacketId, reason));
        }
        else if (publish.Qos == QualityOfService.ExactlyOnce)
        {
            var at = client.Session.Received.Add(publish.PacketId, receipt.Position, published.Position);
            Acks.Add(at.Position, at.State, new AckPacket(PacketType.PubRec, publish.PacketId));
        }

        return published.Position > 0 && _parts.Store!.IsCongested;
    }

    private void Deny(in PublishPacket publish, TopicName topic)
    {
        _parts.Metrics.Denied.Add(1);
        if (publish.Qos == QualityOfService.AtMostOnce || client.Version == MqttVersion.V311) throw new PublishRefusedException(topic.Text);
        _parts.Log.PublishDenied(client.Identity.Name, topic.Text);
        var type = publish.Qos == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
        Acks.Add(0, new AckPacket(type, publish.PacketId, ReasonCode.NotAuthorized));
    }

    // An MQTT 5 client was told the receive maximum [MQTT-3.3.4-7]; a 3.1.1 client was not, and is slowed down instead.
    private void CheckReceiveMaximum(QualityOfService qos)
    {
        if (qos == QualityOfService.AtMostOnce || client.Version == MqttVersion.V311) return;
        if (Acks.ClosingCount + client.Session.Received.Count < _parts.Options.ReceiveMaximum + _carriedOver) return;
        throw new MqttProtocolException(
            ReasonCode.ReceiveMaximumExceeded, "MQTT-3.3.4-7", $"More than {_parts.Options.ReceiveMaximum} messages are unacknowledged.");
    }

    private static PublishProperties? DecodeProperties(in PublishPacket publish)
    {
        if (publish.RawProperties.IsEmpty) return null;
        var properties = publish.DecodeProperties();
        if (properties?.SubscriptionIdentifiers.Count > 0)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.3.4-6", "A client must not send subscription identifiers.");
        return properties;
    }

    private TopicName Resolve(in PublishPacket publish)
    {
        if (publish.TopicAlias == 0) return publish.Topic!;
        var maximum = _parts.Options.TopicAliasMaximum;
        if (publish.TopicAlias > maximum)
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, "MQTT-3.3.2-9", $"Topic alias {publish.TopicAlias} is above {maximum}.");
        _aliases ??= new TopicName?[maximum + 1];
        if (publish.Topic is { } topic) return _aliases[publish.TopicAlias] = topic;
        return _aliases[publish.TopicAlias]
            ?? throw new MqttProtocolException(ReasonCode.ProtocolError, "3.3.2.3.4", $"Topic alias {publish.TopicAlias} was never set.");
    }
}
