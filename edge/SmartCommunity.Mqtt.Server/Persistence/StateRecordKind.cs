namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>What a record of the state says. The numbers are on disk (FORMAT.md): none is ever given another meaning.</summary>
internal enum StateRecordKind : byte
{
    /// <summary>The last record of a snapshot.</summary>
    SnapshotEnd = 0,

    /// <summary>A session began, with a connection.</summary>
    SessionOpened = 1,

    /// <summary>A connection took the session up again.</summary>
    SessionAttached = 2,

    /// <summary>The connection ended; the session waits until a time.</summary>
    SessionLeft = 3,

    /// <summary>The session is over; some of its shared messages went to other sessions.</summary>
    SessionEnded = 4,

    /// <summary>A subscription began, or replaced one.</summary>
    Subscribed = 5,

    /// <summary>A subscription is over.</summary>
    Unsubscribed = 6,

    /// <summary>A message, and the sessions that it was queued for.</summary>
    Published = 7,

    /// <summary>More sessions that a known message was queued for.</summary>
    Queued = 8,

    /// <summary>A queued message goes out under a packet identifier.</summary>
    Sent = 9,

    /// <summary>A retained message, which no queue held, goes out under a packet identifier.</summary>
    RetainedSent = 10,

    /// <summary>The subscriber sent PUBREC.</summary>
    Received = 11,

    /// <summary>The subscriber sent PUBACK or PUBCOMP.</summary>
    Completed = 12,

    /// <summary>A queued message was given up.</summary>
    Dropped = 13,

    /// <summary>A QoS 2 message came from the client under a packet identifier.</summary>
    IdReceived = 14,

    /// <summary>The client released the packet identifier.</summary>
    IdReleased = 15,

    /// <summary>A retained message was removed by the endpoint itself.</summary>
    RetainedRemoved = 16,

    /// <summary>A will waits for its delay.</summary>
    WillDelayed = 17,

    /// <summary>The delayed will was published or is void.</summary>
    WillGone = 18,
}
