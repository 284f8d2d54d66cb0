using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>SUBSCRIBE (MQTT 5.0 section 3.8).</summary>
/// <param name="PacketId">Not 0.</param>
/// <param name="Filters">At least one.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<SubscriptionRequest> Filters)
{
    /// <summary>A number that comes back with each delivery, 1 to 268,435,455, or null.</summary>
    public int? SubscriptionIdentifier { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}

/// <summary>One filter of a SUBSCRIBE with its options (MQTT 5.0 section 3.8.3.1).</summary>
/// <param name="Filter">A valid topic filter.</param>
/// <param name="MaximumQos">The highest QoS that the subscriber wants.</param>
/// <param name="NoLocal">Whether the client's own messages stay away from it.</param>
/// <param name="RetainAsPublished">Whether the RETAIN flag is passed on as it was published.</param>
/// <param name="RetainHandling">When retained messages are sent.</param>
public readonly record struct SubscriptionRequest(
    string Filter,
    QualityOfService MaximumQos,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    RetainHandling RetainHandling = RetainHandling.SendAlways);

/// <summary>When a subscription brings the retained messages (MQTT 5.0 section 3.8.3.1).</summary>
public enum RetainHandling : byte
{
    SendAlways = 0,
    SendWhenNew = 1,
    SendNever = 2,
}
