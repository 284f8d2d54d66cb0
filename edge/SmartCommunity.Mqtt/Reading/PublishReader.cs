using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads PUBLISH (MQTT 5.0 section 3.3) without allocating, when the topic is in the cache.</summary>
internal static class PublishReader
{
    // publish = topic [packet-id if QoS > 0] [properties] payload
    public static PublishPacket Read(in Frame frame, MqttVersion version, TopicCache topics, ReadLimits limits)
    {
        var qos = (frame.Header >> 1) & 3;
        var duplicate = (frame.Header & 0x08) != 0;
        if (qos == 3) Violation.Malformed("MQTT-3.3.1-4", "The QoS is 3.");
        if (duplicate && qos == 0) Violation.Malformed("MQTT-3.3.1-2", "DUP is set at QoS 0.");

        var body = new BodyReader(frame.Body.Span);
        var topic = body.Binary();
        var packetId = qos == 0 ? (ushort)0 : body.PacketId();
        ushort alias = 0;
        ReadOnlyMemory<byte> rawProperties = default;
        if (version == MqttVersion.V500)
        {
            var length = body.VariableInt();
            if (length > 0)
            {
                var start = frame.Body.Length - body.Remaining;
                PublishPropertiesReader.Check(body.Take(length), limits, out alias, out var hasOthers);
                if (hasOthers) rawProperties = frame.Body.Slice(start, length);
            }
        }

        if (topic.IsEmpty && version == MqttVersion.V500 && alias == 0) Violation.Protocol("3.3.2.1", "Neither a topic nor a topic alias.");
        return new PublishPacket
        {
            Topic = topic.IsEmpty && alias != 0 ? null : topics.Get(topic),
            TopicAlias = alias,
            PacketId = packetId,
            Qos = (QualityOfService)qos,
            Retain = (frame.Header & 1) != 0,
            Duplicate = duplicate,
            Payload = frame.Body[^body.Remaining..],
            RawProperties = rawProperties,
        };
    }
}
