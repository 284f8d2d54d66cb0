using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>One session as the records tell it.</summary>
internal sealed class ImageSession(long number, ClientIdentity identity)
{
    private long _order;

    public long Number => number;

    public ClientIdentity Identity { get; set; } = identity;

    /// <summary>How long it outlives its connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>When it ends; null while a connection has it.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public Dictionary<long, ImageSubscription> Subscriptions { get; } = [];

    /// <summary>Messages that wait, by number; their order is <see cref="ImageDelivery.Order"/>.</summary>
    public Dictionary<long, ImageDelivery> Waiting { get; } = [];

    public Dictionary<ushort, ImageDelivery> InFlight { get; } = [];

    /// <summary>QoS 2 identifiers that the client has not released, with the receiver's position of each.</summary>
    public Dictionary<ushort, long> ReceivedIds { get; } = [];

    /// <summary>A will that waits, or null.</summary>
    public ImageWill? Will { get; set; }

    public ImageDelivery Next(long message, StoredDelivery how) => new(message, how, _order++);
}

/// <summary>A subscription as the records tell it.</summary>
/// <param name="Filter">The filter, with its share name if it has one.</param>
/// <param name="Options">QoS (bits 0-1), No Local (2), Retain As Published (3).</param>
/// <param name="Identifier">The subscription identifier; 0 for none.</param>
internal sealed record ImageSubscription(string Filter, byte Options, int Identifier);

/// <summary>A message for one session.</summary>
/// <param name="Message">Its number; 0 when the message is gone and only the packet identifier is left to be released.</param>
/// <param name="How">How it goes there.</param>
/// <param name="Order">Its place among the others.</param>
internal sealed record ImageDelivery(long Message, StoredDelivery How, long Order)
{
    /// <summary>PUBREC has come.</summary>
    public bool Received { get; init; }
}

/// <summary>A delayed will.</summary>
/// <param name="DueAt">When it is published.</param>
/// <param name="Delay">How long it was to wait in all.</param>
/// <param name="Message">The message, encoded.</param>
internal sealed record ImageWill(DateTimeOffset DueAt, TimeSpan Delay, byte[] Message);

/// <summary>A message that something still needs.</summary>
internal sealed class ImageMessage(byte[] body)
{
    public byte[] Body => body;

    /// <summary>How many queues hold it, and one for the retained messages.</summary>
    public int References { get; set; }
}
