using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// What the endpoint remembers of a client between its connections (MQTT 5.0 section 4.1): subscriptions, messages that wait or are in flight, and
/// received QoS 2 identifiers. It has at most one connection, its owner.
/// </summary>
internal sealed class Session
{
    private readonly SessionContext _context;
    private volatile Connection? _owner;
    private volatile bool _ended;

    /// <summary>Makes a session.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="identity">Whose it is.</param>
    /// <param name="context">What sessions share.</param>
    /// <param name="trail">Writes it down; null when it is in memory only, as a session without expiry always is.</param>
    public Session(SessionKey key, ClientIdentity identity, SessionContext context, SessionTrail? trail = null)
    {
        _context = context;
        Key = key;
        Identity = identity;
        Trail = trail;
        Outgoing = new DeliveryQueue(context, trail, trail is null ? null : Wake);
        Received = new ReceivedIds(trail);
    }

    public SessionKey Key { get; }

    public ClientIdentity Identity { get; set; }

    /// <summary>Writes it down; null when it is in memory only.</summary>
    public SessionTrail? Trail { get; }

    /// <summary>Its number in the records; 0 when it is in memory only.</summary>
    public long Number => Trail?.Number ?? 0;

    /// <summary>How long it outlives its connection; zero ends it with the connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>The connection that serves it, or null while the client is away. Set by the registry only.</summary>
    public Connection? Owner
    {
        get => _owner;
        set => _owner = value;
    }

    public DeliveryQueue Outgoing { get; }

    public ReceivedIds Received { get; }

    public SubscriptionSet Subscriptions { get; } = new();

    /// <summary>Its place among those without a connection; null while it has one. Set by the registry only.</summary>
    public AbsentPlace? Absence { get; set; }

    /// <summary>A will that waits for its delay; null otherwise.</summary>
    public DelayedWill? PendingWill { get; set; }

    /// <summary>Queues a message for the client. Thread-safe; never waits.</summary>
    /// <returns>False when the session is over.</returns>
    public bool Deliver(in Delivery delivery)
    {
        if (_ended) return false;
        var owner = _owner;
        if (owner is null && delivery.Qos == QualityOfService.AtMostOnce) return true;
        if (Outgoing.Enqueue(delivery) is not { } dropped) return false;
        if (dropped > 0) _context.Metrics.Dropped.Add(dropped, ServerMetrics.QueueFull);
        owner?.Writer.Wake();
        return true;
    }

    /// <summary>Takes no more messages: the session is over.</summary>
    /// <returns>What others of its shared subscriptions get now.</returns>
    public IReadOnlyList<Delivery> End()
    {
        _ended = true;
        return Outgoing.End();
    }

    private void Wake() => _owner?.Writer.Wake();
}
