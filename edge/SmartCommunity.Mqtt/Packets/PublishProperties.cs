using SmartCommunity.Mqtt.Properties;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>The properties of a message (MQTT 5.0 section 3.3.2.3), without the topic alias, which belongs to one hop.</summary>
public sealed record PublishProperties
{
    /// <summary>Whether the payload says that it is UTF-8.</summary>
    public bool PayloadIsUtf8 { get; init; }

    /// <summary>How many seconds the message lives; null is for ever.</summary>
    public uint? MessageExpiryInterval { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Where an answer is expected; a valid topic name.</summary>
    public string? ResponseTopic { get; init; }

    public byte[]? CorrelationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    /// <summary>The subscriptions that a delivery belongs to; only from server to client.</summary>
    public IReadOnlyList<int> SubscriptionIdentifiers { get; init; } = [];
}
