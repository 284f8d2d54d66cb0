using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads SUBACK and UNSUBACK (MQTT 5.0 sections 3.9 and 3.11).</summary>
internal static class SubAckReader
{
    // suback = packet-id [properties] 1*reason-code
    public static SubAckPacket SubAck(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var packetId = body.PacketId();
        var details = version == MqttVersion.V500 ? AnswerReader.Details(ref body, PacketType.SubAck, limits) : null;
        return new SubAckPacket(packetId, Reasons(ref body, PacketType.SubAck, version)) { Details = details };
    }

    // unsuback = packet-id [properties 1*reason-code]
    public static UnsubAckPacket UnsubAck(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var packetId = body.PacketId();
        if (version == MqttVersion.V311)
        {
            body.End();
            return new UnsubAckPacket(packetId, []);
        }

        var details = AnswerReader.Details(ref body, PacketType.UnsubAck, limits);
        return new UnsubAckPacket(packetId, Reasons(ref body, PacketType.UnsubAck, version)) { Details = details };
    }

    private static ReasonCode[] Reasons(ref BodyReader body, PacketType type, MqttVersion version)
    {
        if (body.Remaining == 0) Violation.Malformed("3.9.3", $"A {type} without a reason code.");
        var reasons = new ReasonCode[body.Remaining];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = AnswerReader.Reason(ref body, type);
            if (version == MqttVersion.V311 && reasons[i] > ReasonCode.UnspecifiedError)
                Violation.Malformed("3.1.1: MQTT-3.9.3-2", $"Return code 0x{(byte)reasons[i]:X2} is reserved.");
        }

        return reasons;
    }
}
