using System.Buffers;
using System.Buffers.Binary;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>Writes the packets that answer a PUBLISH: PUBACK, PUBREC, PUBREL, PUBCOMP (MQTT 5.0 sections 3.4 to 3.7).</summary>
internal static class AnswerWriter
{
    // ack = packet-id [reason-code [properties]]
    public static void Write(IBufferWriter<byte> output, MqttVersion version, in AckPacket packet)
    {
        if (version == MqttVersion.V500 && packet.Details is not null)
        {
            WriteWithDetails(output, in packet);
            return;
        }

        var withReason = version == MqttVersion.V500 && packet.Reason != ReasonCode.Success;
        var span = output.GetSpan(5);
        span[0] = (byte)(((int)packet.Type << 4) | Flags(packet.Type));
        span[1] = (byte)(withReason ? 3 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], packet.PacketId);
        if (withReason) span[4] = (byte)packet.Reason;
        output.Advance(withReason ? 5 : 4);
    }

    private static void WriteWithDetails(IBufferWriter<byte> output, in AckPacket packet) => BodyWriter.Body()
        .UInt16(packet.PacketId)
        .Byte((byte)packet.Reason)
        .Block(BodyWriter.Properties().Details(packet.Details))
        .Finish(output, packet.Type, Flags(packet.Type));

    private static byte Flags(PacketType type) => type == PacketType.PubRel ? (byte)2 : (byte)0;
}
