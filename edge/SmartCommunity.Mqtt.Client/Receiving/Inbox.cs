using System.Threading.Channels;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>Delivered messages on their way to the reader. Bounded: when the reader stays behind, the socket is not read.</summary>
internal sealed class Inbox(MqttClientOptions options, SendQueue sendQueue, ReceivedIds received)
{
    private readonly AckOrder _order = new(sendQueue);
    private readonly IncomingAliases _aliases = new(options.MaxIncomingAliases);
    private readonly Channel<MqttMessage> _messages =
        Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(options.MaxWaitingMessages) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<MqttMessage> Reader => _messages.Reader;

    /// <summary>Copies a message in; completes when there is room for it.</summary>
    /// <exception cref="MqttProtocolException">The topic alias is not valid.</exception>
    public ValueTask AddAsync(in PublishPacket packet, CancellationToken cancellationToken)
    {
        var topic = _aliases.Resolve(in packet);
        if (packet.Qos == QualityOfService.ExactlyOnce && received.TryGet(packet.PacketId, out var known))
        {
            // The reader has it, and may or may not be done with it.
            _order.Expect(known);
            return ValueTask.CompletedTask;
        }

        var delivery = Expect(in packet);
        var message = new MqttMessage(topic, packet.Payload.ToArray())
        {
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            Properties = packet.DecodeProperties(),
            PacketId = packet.PacketId,
            Delivery = delivery,
        };
        if (!_messages.Writer.TryWrite(message)) return AddSlowlyAsync(message, cancellationToken);
        if (options.AcknowledgeAutomatically) Acknowledge(message);
        return ValueTask.CompletedTask;
    }

    /// <summary>The server forgets a QoS 2 identifier; false when it was not known here.</summary>
    public bool Release(ushort packetId) => received.Release(packetId);

    /// <summary>Ends the reader's loop after what is there; with a cause, by throwing it.</summary>
    public void Complete(Exception? cause) => _messages.Writer.TryComplete(cause);

    private Delivery? Expect(in PublishPacket packet)
    {
        // What is acknowledged at once needs nobody to remember it; but QoS 2 is remembered until it is released.
        if (packet.Qos == QualityOfService.AtMostOnce || (packet.Qos == QualityOfService.AtLeastOnce && options.AcknowledgeAutomatically)) return null;
        var isExactlyOnce = packet.Qos == QualityOfService.ExactlyOnce;
        var delivery = new Delivery(packet.PacketId, isExactlyOnce ? PacketType.PubRec : PacketType.PubAck);
        if (isExactlyOnce) received.Add(delivery);
        _order.Expect(delivery);
        return delivery;
    }

    private void Acknowledge(MqttMessage message)
    {
        if (message.Delivery is { } delivery) delivery.Acknowledge();
        else if (message.Qos == QualityOfService.AtLeastOnce) sendQueue.Answer(new AckPacket(PacketType.PubAck, message.PacketId));
    }

    private async ValueTask AddSlowlyAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        await _messages.Writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        if (options.AcknowledgeAutomatically) Acknowledge(message);
    }
}
