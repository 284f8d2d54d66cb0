using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server;

/// <summary>Every limit of the endpoint, with its default and the reason for it.</summary>
public sealed record MqttServerOptions
{
    /// <summary>Connections at once; default 50,000, what one small machine was measured with. One more is closed before it says anything.</summary>
    public int MaxConnections { get; init; } = 50_000;

    /// <summary>From the TCP connection to a whole CONNECT; default 10 s, generous for a cellular link, short for one who only holds a socket.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest packet in bytes that is taken after sign-in; default 1 MiB: a JSON report with an inline thumbnail fits, a film does not.</summary>
    public int MaxPacketSize { get; init; } = 1024 * 1024;

    /// <summary>The largest CONNECT in bytes; default 16 KiB. A stranger gets no more memory than this; certificates in passwords still fit.</summary>
    public int MaxPacketSizeBeforeSignIn { get; init; } = 16 * 1024;

    /// <summary>
    /// QoS 1 and 2 messages of one client that are not acknowledged yet; default 1,024: more than any device keeps open, and one connection's share
    /// of a group commit. MQTT 5 clients are told; the reading of MQTT 3.1.1 clients stops there.
    /// </summary>
    public int ReceiveMaximum { get; init; } = 1_024;

    /// <summary>Topic aliases that a client may set; default 16: a device has few topics, and each alias lives as long as the connection.</summary>
    public int TopicAliasMaximum { get; init; } = 16;

    /// <summary>QoS 1 and 2 messages on their way to one client; default 128, enough to fill a slow link. The client's receive maximum holds too.</summary>
    public int MaxInFlight { get; init; } = 128;

    /// <summary>Messages that wait for one client; default 10,000, about a night of one building. The oldest goes when one more comes.</summary>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>Bytes of payload that wait for one client; default 8 MiB, so that a thousand absent clients can not fill the memory quickly.</summary>
    public long MaxQueuedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Sessions kept, connected or not; default 100,000: twice the connections, for those that are away.</summary>
    public int MaxSessions { get; init; } = 100_000;

    /// <summary>How long a session is kept without a connection, at most; default 7 days: a site that was cut off for a week finds its messages.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Subscriptions of one session; default 1,000. Each is a path in the tree that every publish walks.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Retained messages; default 100,000, about one per device and open incident of a large deployment. More are delivered, but not kept.</summary>
    public int MaxRetainedMessages { get; init; } = 100_000;

    /// <summary>Bytes of retained payloads and topics; default 64 MiB, for the same reason.</summary>
    public long MaxRetainedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a client may take nothing of what is written to it; default 30 s. After that it is a reader that does not read.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long closing waits for the last bytes (CONNACK with an error, DISCONNECT) to leave; default 2 s, so that a stop takes seconds.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a take-over waits for the old connection to let go of the session; default 5 s, more than a group commit takes.</summary>
    public TimeSpan TakeOverTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of acknowledgements and answers that wait to be written; default 64 KiB. Beyond it the connection is not read.</summary>
    public int MaxPendingAnswerBytes { get; init; } = 64 * 1024;

    /// <summary>Log lines per second about each kind of misbehaviour; default 10, so that an attack can not fill the disk.</summary>
    public int LogLinesPerSecond { get; init; } = 10;

    /// <summary>Limits inside a packet: topic levels, user properties, filters.</summary>
    public ReadLimits Packets { get; init; } = ReadLimits.Default;

    /// <summary>Every limit that makes no sense, with its name; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        AtLeast(1, MaxConnections, nameof(MaxConnections));
        AtLeast(64, MaxPacketSizeBeforeSignIn, nameof(MaxPacketSizeBeforeSignIn));
        AtLeast(MaxPacketSizeBeforeSignIn, MaxPacketSize, nameof(MaxPacketSize));
        AtLeast(1, ReceiveMaximum, nameof(ReceiveMaximum));
        AtMost(ushort.MaxValue, ReceiveMaximum, nameof(ReceiveMaximum));
        AtLeast(0, TopicAliasMaximum, nameof(TopicAliasMaximum));
        AtMost(ushort.MaxValue, TopicAliasMaximum, nameof(TopicAliasMaximum));
        AtLeast(1, MaxInFlight, nameof(MaxInFlight));
        AtMost(ushort.MaxValue, MaxInFlight, nameof(MaxInFlight));
        AtLeast(1, MaxQueuedMessages, nameof(MaxQueuedMessages));
        AtLeast(MaxPacketSize, MaxQueuedBytes, nameof(MaxQueuedBytes));
        AtLeast(MaxConnections, MaxSessions, nameof(MaxSessions));
        AtLeast(1, MaxSubscriptionsPerSession, nameof(MaxSubscriptionsPerSession));
        AtLeast(0, MaxRetainedMessages, nameof(MaxRetainedMessages));
        AtLeast(0, MaxRetainedBytes, nameof(MaxRetainedBytes));
        AtLeast(1024, MaxPendingAnswerBytes, nameof(MaxPendingAnswerBytes));
        AtLeast(1, LogLinesPerSecond, nameof(LogLinesPerSecond));
        AtLeast(1, Packets.MaxTopicLevels, nameof(Packets) + "." + nameof(Packets.MaxTopicLevels));
        AtLeast(0, Packets.MaxUserProperties, nameof(Packets) + "." + nameof(Packets.MaxUserProperties));
        AtLeast(1, Packets.MaxFiltersPerPacket, nameof(Packets) + "." + nameof(Packets.MaxFiltersPerPacket));
        Positive(ConnectTimeout, nameof(ConnectTimeout));
        Positive(SendTimeout, nameof(SendTimeout));
        Positive(CloseTimeout, nameof(CloseTimeout));
        Positive(TakeOverTimeout, nameof(TakeOverTimeout));
        if (MaxSessionExpiry < TimeSpan.Zero || MaxSessionExpiry > TimeSpan.FromDays(45))
            errors.Add($"{nameof(MaxSessionExpiry)} is {MaxSessionExpiry}; it must be between zero and 45 days, which is as far as a timer reaches.");
        return errors;

        void AtLeast(long least, long value, string name)
        {
            if (value < least) errors.Add($"{name} is {value}; the least is {least}.");
        }

        void AtMost(long most, long value, string name)
        {
            if (value > most) errors.Add($"{name} is {value}; the most is {most}.");
        }

        void Positive(TimeSpan value, string name)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1)) errors.Add($"{name} is {value}; it must be above zero and at most a day.");
        }
    }
}
