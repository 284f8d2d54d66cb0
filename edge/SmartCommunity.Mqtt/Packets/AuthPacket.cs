using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>AUTH (MQTT 5.0 section 3.15).</summary>
/// <param name="Reason">Success, continue or re-authenticate.</param>
public sealed record AuthPacket(ReasonCode Reason)
{
    public string? AuthenticationMethod { get; init; }

    public byte[]? AuthenticationData { get; init; }

    public ReasonDetails? Details { get; init; }
}
