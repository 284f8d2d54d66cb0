using System.Buffers;
using System.Buffers.Binary;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>Writes PUBLISH (MQTT 5.0 section 3.3) straight into the output; only properties take a detour.</summary>
internal static class PublishWriter
{
    // publish = topic [packet-id if QoS > 0] [properties] payload
    public static int Write(IBufferWriter<byte> output, MqttVersion version, in OutgoingPublish publish, int maxPacketSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(publish.Topic.Length, ushort.MaxValue);
        var properties = Properties(version, in publish);
        var propertyBytes = version == MqttVersion.V500 ? VariableInt.Size(properties.Length) + properties.Length : 0;
        var idBytes = publish.Qos == QualityOfService.AtMostOnce ? 0 : 2;
        var length = 2L + publish.Topic.Length + idBytes + propertyBytes + publish.Payload.Length;
        if (length > VariableInt.MaxValue || 1 + VariableInt.Size((int)length) + length > maxPacketSize) return 0;

        var headerBytes = 1 + VariableInt.Size((int)length) + 2 + publish.Topic.Length + idBytes + propertyBytes;
        var span = output.GetSpan(headerBytes);
        WriteHeader(span, version, in publish, (int)length, properties);
        output.Advance(headerBytes);
        output.Write(publish.Payload);
        return headerBytes + publish.Payload.Length;
    }

    private static void WriteHeader(Span<byte> span, MqttVersion version, in OutgoingPublish publish, int length, ReadOnlySpan<byte> properties)
    {
        var flags = ((int)publish.Qos << 1) | (publish.Retain ? 1 : 0) | (publish.Duplicate ? 8 : 0);
        span[0] = (byte)(((int)PacketType.Publish << 4) | flags);
        span = span[(1 + VariableInt.Write(span[1..], length))..];
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)publish.Topic.Length);
        publish.Topic.CopyTo(span[2..]);
        span = span[(2 + publish.Topic.Length)..];
        if (publish.Qos != QualityOfService.AtMostOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span, publish.PacketId);
            span = span[2..];
        }

        if (version != MqttVersion.V500) return;
        span = span[VariableInt.Write(span, properties.Length)..];
        properties.CopyTo(span);
    }

    private static ReadOnlySpan<byte> Properties(MqttVersion version, in OutgoingPublish publish)
    {
        if (version != MqttVersion.V500 || (publish.Properties is null && publish.TopicAlias == 0)) return [];
        var alias = publish.TopicAlias == 0 ? (ushort?)null : publish.TopicAlias;
        return BodyWriter.Properties().UInt16(PropertyId.TopicAlias, alias).Message(publish.Properties).Written;
    }
}
