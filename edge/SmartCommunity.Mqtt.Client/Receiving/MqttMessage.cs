using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>A message that the server delivered. It owns its memory.</summary>
/// <param name="topic">The topic that it was published on.</param>
/// <param name="payload">The message.</param>
public sealed class MqttMessage(TopicName topic, byte[] payload)
{
    /// <summary>The topic that it was published on.</summary>
    public TopicName Topic { get; } = topic;

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public QualityOfService Qos { get; init; }

    /// <summary>Whether the server kept it from before the subscription.</summary>
    public bool Retain { get; init; }

    /// <summary>Whether the server may have delivered it before.</summary>
    public bool Duplicate { get; init; }

    /// <summary>The MQTT 5 properties, or null.</summary>
    public PublishProperties? Properties { get; init; }

    /// <summary>The packet identifier of the delivery; 0 at QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>The acknowledgement that the reader owes; null when there is none.</summary>
    internal Delivery? Delivery { get; init; }
}
