using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP (MQTT 5.0 sections 3.4 to 3.7).</summary>
/// <param name="Type">Which of the four.</param>
/// <param name="PacketId">The packet identifier that it answers.</param>
/// <param name="Reason">The outcome; Success in MQTT 3.1.1.</param>
/// <param name="Details">Text and user properties; null when there are none.</param>
public readonly record struct AckPacket(PacketType Type, ushort PacketId, ReasonCode Reason = ReasonCode.Success, ReasonDetails? Details = null);

/// <summary>What an answer says beside its reason code.</summary>
public sealed record ReasonDetails
{
    /// <summary>Text for a person who diagnoses, or null.</summary>
    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
