using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// What the endpoint remembers of a client between its connections (MQTT 5.0 section 4.1): subscriptions, messages that wait or are in flight, and
/// received QoS 2 identifiers. It has at most one connection, its owner.
/// </summary>
internal sealed class Session(SessionKey key, ClientIdentity identity, MqttServerOptions options, ServerMetrics metrics)
{
    private volatile Connection? _owner;
    private volatile bool _ended;

    public SessionKey Key => key;

    public ClientIdentity Identity { get; set; } = identity;

    /// <summary>How long it outlives its connection; zero ends it with the connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>The connection that serves it, or null while the client is away. Set by the registry only.</summary>
    public Connection? Owner
    {
        get => _owner;
        set => _owner = value;
    }

    public DeliveryQueue Outgoing { get; } = new(options);

    public ReceivedIds Received { get; } = new();

    /// <summary>By filter. Touched by the owner's read loop, and by the registry when there is no owner.</summary>
    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the session while its client is away; null otherwise. Set by the registry only.</summary>
    public ITimer? ExpiryTimer { get; set; }

    /// <summary>A will that waits for its delay; null otherwise.</summary>
    public DelayedWill? PendingWill { get; set; }

    /// <summary>Queues a message for the client. Thread-safe; never waits.</summary>
    public void Deliver(in Delivery delivery)
    {
        if (_ended) return;
        var owner = _owner;
        if (owner is null && delivery.Qos == Protocol.QualityOfService.AtMostOnce) return;
        var dropped = Outgoing.Enqueue(delivery);
        if (dropped > 0) metrics.Dropped.Add(dropped, ServerMetrics.QueueFull);
        owner?.Writer.Wake();
    }

    /// <summary>Takes no more messages: the session is over.</summary>
    public void End() => _ended = true;
}
