using System.Threading.Channels;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>Delivered messages on their way to the reader. Bounded: when the reader stays behind, the socket is not read.</summary>
internal sealed class Inbox(int capacity, bool acknowledgeAutomatically, SendQueue sendQueue)
{
    private readonly Channel<MqttMessage> _messages =
        Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(capacity) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<MqttMessage> Reader => _messages.Reader;

    /// <summary>Copies a message in; completes when there is room for it.</summary>
    public ValueTask AddAsync(in PublishPacket packet, CancellationToken cancellationToken)
    {
        if (packet.Topic is not { } topic)
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, "MQTT-3.1.2-26", "The server used a topic alias that the client did not allow.");
        if (packet.Qos == QualityOfService.ExactlyOnce)
            throw new MqttProtocolException(ReasonCode.QosNotSupported, "MQTT-3.8.4-8", "The server delivered at QoS 2, which no subscription asked for.");

        var message = new MqttMessage(topic, packet.Payload.ToArray())
        {
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            Properties = packet.DecodeProperties(),
            PacketId = packet.PacketId,
            Origin = this,
        };
        if (!_messages.Writer.TryWrite(message)) return AddSlowlyAsync(message, cancellationToken);
        if (acknowledgeAutomatically) Acknowledge(message);
        return ValueTask.CompletedTask;
    }

    public void Acknowledge(MqttMessage message)
    {
        if (message.Qos == QualityOfService.AtLeastOnce) sendQueue.Acknowledge(message.PacketId);
    }

    /// <summary>Ends the reader's loop after what is there; with a cause, by throwing it.</summary>
    public void Complete(Exception? cause) => _messages.Writer.TryComplete(cause);

    private async ValueTask AddSlowlyAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        await _messages.Writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        if (acknowledgeAutomatically) Acknowledge(message);
    }
}
