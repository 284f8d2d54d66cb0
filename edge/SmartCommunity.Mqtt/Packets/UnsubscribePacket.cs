using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>UNSUBSCRIBE (MQTT 5.0 section 3.10).</summary>
/// <param name="PacketId">Not 0.</param>
/// <param name="Filters">At least one valid topic filter.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters)
{
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}

/// <summary>UNSUBACK (MQTT 5.0 section 3.11).</summary>
/// <param name="PacketId">The UNSUBSCRIBE that it answers.</param>
/// <param name="Reasons">The outcome per filter, in order; empty in MQTT 3.1.1.</param>
public sealed record UnsubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons)
{
    public ReasonDetails? Details { get; init; }
}
