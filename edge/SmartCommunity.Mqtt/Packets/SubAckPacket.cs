using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>SUBACK (MQTT 5.0 section 3.9).</summary>
/// <param name="PacketId">The SUBSCRIBE that it answers.</param>
/// <param name="Reasons">The outcome per filter, in order: the QoS granted, or an error.</param>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons)
{
    public ReasonDetails? Details { get; init; }
}
