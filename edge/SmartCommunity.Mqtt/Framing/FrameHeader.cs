using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Framing;

/// <summary>The fixed header of a control packet (MQTT 5.0 section 2.1).</summary>
/// <param name="First">The first byte: type and flags.</param>
/// <param name="Size">The bytes of the fixed header: 2 to 5.</param>
/// <param name="BodyLength">The remaining length: 0 to 268,435,455.</param>
public readonly record struct FrameHeader(byte First, int Size, int BodyLength)
{
    /// <summary>The most bytes that a fixed header takes.</summary>
    public const int MaxSize = 5;

    /// <summary>Reads a fixed header; false when more bytes are needed. The limit is checked before any body byte has come.</summary>
    /// <param name="source">The bytes from the start of a packet on.</param>
    /// <param name="maxPacketSize">The largest whole packet in bytes that is accepted.</param>
    /// <param name="header">What was read.</param>
    /// <exception cref="MqttProtocolException">Reserved type or flags, a malformed length, or a packet above the limit (0x95).</exception>
    public static bool TryRead(ReadOnlySpan<byte> source, int maxPacketSize, out FrameHeader header)
    {
        // fixed header = type (4 bits) flags (4 bits) remaining-length (variable byte integer)
        header = default;
        if (source.IsEmpty) return false;
        var first = source[0];
        CheckFlags(first);
        if (!VariableInt.TryRead(source[1..], out var length, out var size)) return false;
        if (length + 1L + size > maxPacketSize)
            Violation.With(ReasonCode.PacketTooLarge, "MQTT-3.2.2-15", $"A packet of {length + 1 + size} bytes is above the limit of {maxPacketSize}.");
        header = new FrameHeader(first, 1 + size, length);
        return true;
    }

    private static void CheckFlags(byte first)
    {
        var type = (PacketType)(first >> 4);
        if (type == PacketType.Publish) return;
        if (type == default) Violation.Protocol("2.1.2", "Packet type 0 is reserved.");
        var expected = type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
        if ((first & 0x0F) == expected) return;
        // CONNACK and AUTH with wrong flags come from somebody who should not send them at all; that is the error which other servers name.
        var reason = type is PacketType.ConnAck or PacketType.Auth ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket;
        Violation.With(reason, "MQTT-2.1.3-1", $"Flags {first & 0x0F:X} are reserved in packet type {type}.");
    }
}
