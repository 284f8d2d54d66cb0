using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>A message on its way to subscribers; immutable, shared by all of them.</summary>
/// <param name="Topic">The topic name.</param>
/// <param name="TopicUtf8">The topic name as it goes onto the wire.</param>
/// <param name="Payload">The payload; owned by the message.</param>
/// <param name="Qos">The QoS that it was published with.</param>
/// <param name="Retain">Whether it was published with RETAIN.</param>
/// <param name="Properties">MQTT 5 properties, or null.</param>
/// <param name="ExpiresAt">When it is not delivered any more, or null for never (MQTT 5.0 section 3.3.2.3.3).</param>
internal sealed record Message(
    string Topic,
    ReadOnlyMemory<byte> TopicUtf8,
    ReadOnlyMemory<byte> Payload,
    QualityOfService Qos,
    bool Retain,
    PublishProperties? Properties,
    DateTimeOffset? ExpiresAt)
{
    // The object, its arrays' headers and its place in a queue; without it a flood of empty messages would count as nothing.
    private const int Overhead = 160;

    /// <summary>Its number in the records of the state on disk; 0 when it is in memory only.</summary>
    public long Number { get; init; }

    /// <summary>Whose limit of retained messages it counts against; null for the endpoint's own, and for what is not retained.</summary>
    public string? Owner { get; init; }

    /// <summary>What it costs in memory, in bytes.</summary>
    public int Cost => Overhead + Payload.Length + TopicUtf8.Length;

    /// <summary>Whether it is too old to be delivered.</summary>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt is { } at && at <= now;
}

/// <summary>A message for one subscriber.</summary>
/// <param name="Message">What is delivered.</param>
/// <param name="Qos">At which QoS.</param>
/// <param name="Retain">The RETAIN flag of this delivery.</param>
/// <param name="SubscriptionIds">The identifiers of the subscriptions that matched, or null.</param>
/// <param name="Shared">The shared subscription through which the group chose this client; null for any other.</param>
internal readonly record struct Delivery(
    Message Message, QualityOfService Qos, bool Retain, int[]? SubscriptionIds, Subscription? Shared = null);

/// <summary>A delivery that has been decided, and not yet queued.</summary>
/// <param name="Session">For whom.</param>
/// <param name="Delivery">What.</param>
internal readonly record struct PlannedDelivery(Session Session, Delivery Delivery)
{
    /// <summary>Whether it has to survive a restart.</summary>
    public bool IsLasting => Session.Trail is not null && Delivery.Qos != QualityOfService.AtMostOnce;
}
