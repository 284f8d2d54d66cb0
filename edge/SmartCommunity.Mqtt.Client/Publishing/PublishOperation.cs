using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>A QoS 1 or 2 publish that somebody awaits. It keeps the message until the end, so that a new connection can send it again.</summary>
internal sealed class PublishOperation(MqttPublish message)
    : TaskCompletionSource<ReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously), IPublishOutcome
{
    public MqttPublish Message { get; } = message;

    /// <summary>The operation of a message; null at QoS 0, where nothing is awaited.</summary>
    public static PublishOperation? Create(in MqttPublish message)
    {
        ArgumentNullException.ThrowIfNull(message.Topic);
        return message.Qos == QualityOfService.AtMostOnce ? null : new PublishOperation(message);
    }

    public void Acknowledged(long sentAt, ReasonCode reason)
    {
        if (reason.IsError()) TrySetException(new MqttPublishRefusedException(Message.Topic.Text, reason));
        else TrySetResult(reason);
    }

    public void Lost(Exception cause) => TrySetException(cause);
}

/// <summary>A message to publish.</summary>
/// <param name="Topic">Where to.</param>
/// <param name="Payload">What. Kept, not copied: it must not change before the publish has completed.</param>
/// <param name="Qos">At most once, at least once, or exactly once.</param>
/// <param name="Retain">Whether the server keeps it for later subscribers.</param>
/// <param name="Properties">MQTT 5 properties, or null.</param>
public readonly record struct MqttPublish(
    TopicName Topic,
    ReadOnlyMemory<byte> Payload,
    QualityOfService Qos = QualityOfService.AtLeastOnce,
    bool Retain = false,
    PublishProperties? Properties = null)
{
    internal OutgoingPublish ToPacket(ushort packetId, bool duplicate) => new()
    {
        Topic = Topic.Utf8.Span,
        Payload = Payload.Span,
        Qos = Qos,
        PacketId = packetId,
        Retain = Retain,
        Duplicate = duplicate,
        Properties = Properties,
    };
}
