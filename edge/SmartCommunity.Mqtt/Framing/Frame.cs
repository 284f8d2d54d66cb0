using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Framing;

/// <summary>One control packet as bytes.</summary>
/// <param name="Header">The first byte: type and flags.</param>
/// <param name="Body">Everything after the remaining length. Owned by the <see cref="FrameReader"/>; valid until it reads the next frame.</param>
/// <param name="Size">The size of the whole packet in bytes, fixed header included.</param>
public readonly record struct Frame(byte Header, ReadOnlyMemory<byte> Body, int Size)
{
    /// <summary>The packet type.</summary>
    public PacketType Type => (PacketType)(Header >> 4);
}
