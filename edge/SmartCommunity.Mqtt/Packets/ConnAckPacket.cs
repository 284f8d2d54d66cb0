using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>CONNACK (MQTT 5.0 section 3.2). In MQTT 3.1.1 only the first two members travel.</summary>
public sealed record ConnAckPacket
{
    public bool SessionPresent { get; init; }

    /// <summary>The outcome; written as a return code in MQTT 3.1.1.</summary>
    public ReasonCode Reason { get; init; }

    /// <summary>The session expiry in seconds that the server uses, or null for what the client asked.</summary>
    public uint? SessionExpiryInterval { get; init; }

    /// <summary>How many QoS 1 and 2 messages the server takes unacknowledged; null is 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>The highest QoS that the server takes; null is 2.</summary>
    public QualityOfService? MaximumQos { get; init; }

    public bool RetainAvailable { get; init; } = true;

    /// <summary>The largest packet in bytes that the server takes; null is no limit.</summary>
    public uint? MaximumPacketSize { get; init; }

    public string? AssignedClientIdentifier { get; init; }

    public ushort? TopicAliasMaximum { get; init; }

    public bool WildcardSubscriptionAvailable { get; init; } = true;

    public bool SubscriptionIdentifierAvailable { get; init; } = true;

    public bool SharedSubscriptionAvailable { get; init; } = true;

    /// <summary>The keep alive in seconds that the client must use, or null for its own.</summary>
    public ushort? ServerKeepAlive { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? ReasonString { get; init; }

    public string? AuthenticationMethod { get; init; }

    public byte[]? AuthenticationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
