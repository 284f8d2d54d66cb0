using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>DISCONNECT (MQTT 5.0 section 3.14). In MQTT 3.1.1 it has no content, and only a client sends it.</summary>
/// <param name="Reason">Why.</param>
public sealed record DisconnectPacket(ReasonCode Reason = ReasonCode.Success)
{
    /// <summary>A new session expiry in seconds, or null for the one of CONNECT.</summary>
    public uint? SessionExpiryInterval { get; init; }

    public string? ServerReference { get; init; }

    public ReasonDetails? Details { get; init; }
}
