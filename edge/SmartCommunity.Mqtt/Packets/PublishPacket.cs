using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>A PUBLISH as it was received (MQTT 5.0 section 3.3). A view on the frame: valid as long as the frame's bytes are.</summary>
public readonly struct PublishPacket
{
    /// <summary>The topic; null when the packet names it by <see cref="TopicAlias"/> only.</summary>
    public TopicName? Topic { get; init; }

    /// <summary>The topic alias, 1 to 65,535; 0 when absent.</summary>
    public ushort TopicAlias { get; init; }

    /// <summary>The packet identifier; 0 at QoS 0.</summary>
    public ushort PacketId { get; init; }

    public QualityOfService Qos { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    /// <summary>The message; a slice of the frame.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The properties as bytes, checked, without their length; empty when there are none. A slice of the frame.</summary>
    public ReadOnlyMemory<byte> RawProperties { get; init; }

    /// <summary>Decodes the properties; null when there is none but a topic alias. Allocates; owns its memory.</summary>
    public PublishProperties? DecodeProperties() => RawProperties.IsEmpty ? null : PublishPropertiesReader.Read(RawProperties.Span);
}

/// <summary>A PUBLISH to be written. A view: nothing is kept after the write.</summary>
public readonly ref struct OutgoingPublish
{
    /// <summary>The topic name in UTF-8; empty when <see cref="TopicAlias"/> names it.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public QualityOfService Qos { get; init; }

    /// <summary>The packet identifier; must not be 0 above QoS 0.</summary>
    public ushort PacketId { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    /// <summary>The topic alias; 0 for none. MQTT 5.0 only.</summary>
    public ushort TopicAlias { get; init; }

    /// <summary>Properties; not written for MQTT 3.1.1.</summary>
    public PublishProperties? Properties { get; init; }
}
