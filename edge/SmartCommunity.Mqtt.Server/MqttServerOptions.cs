using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server;

/// <summary>Every limit of the endpoint, with its default and the reason for it.</summary>
public sealed partial record MqttServerOptions
{
    /// <summary>Connections at once; default 60,000: 50,000 is what one small machine was measured with, the rest is for those that come back. One more is told 0x89.</summary>
    public int MaxConnections { get; init; } = 60_000;

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

    /// <summary>
    /// Topic aliases that a client may set, and that the endpoint sets for a client that takes some; default 16: a device has few topics, and each alias
    /// lives as long as the connection.
    /// </summary>
    public int TopicAliasMaximum { get; init; } = 16;

    /// <summary>QoS 1 and 2 messages on their way to one client; default 128, enough to fill a slow link. The client's receive maximum holds too.</summary>
    public int MaxInFlight { get; init; } = 128;

    /// <summary>Messages that wait for one client; default 10,000, about a night of one building. The oldest goes when one more comes.</summary>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>Bytes of payload that wait for one client; default 8 MiB, so that a thousand absent clients can not fill the memory quickly.</summary>
    public long MaxQueuedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Sessions kept, connected or not; default 100,000: twice the connections, for those that are away.</summary>
    public int MaxSessions { get; init; } = 100_000;

    /// <summary>
    /// Whether the session whose client has been away longest ends when there are <see cref="MaxSessions"/> and one more client comes; default true, so that
    /// sessions that nobody needs any more lock nobody out. Otherwise the newcomer is refused (0x97).
    /// </summary>
    public bool EndAbsentSessionsWhenFull { get; init; } = true;

    /// <summary>
    /// Sessions without a connection of one device or account; default 100: a device has one, an account's programs a few. The one that has been away longest
    /// ends when one more client leaves, so that nobody can push the sessions of others out.
    /// </summary>
    public int MaxAbsentSessionsPerAccount { get; init; } = 100;

    /// <summary>How long a session is kept without a connection, at most; default 7 days: a site that was cut off for a week finds its messages.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Subscriptions of one session; default 1,000. Each is a path in the tree that every publish walks.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Retained messages; default 100,000, about one per device and open incident of a large deployment. More are delivered, but not kept.</summary>
    public int MaxRetainedMessages { get; init; } = 100_000;

    /// <summary>Bytes of retained payloads and topics; default 64 MiB, for the same reason.</summary>
    public long MaxRetainedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Retained messages that one device or account has published; default 10,000: more than a gateway's devices need, and a tenth of what there is room for.
    /// More are delivered, but not kept. Messages of the endpoint's own do not count.
    /// </summary>
    public int MaxRetainedPerAccount { get; init; } = 10_000;

    /// <summary>
    /// Bytes of queued messages of all sessions together; default 256 MiB, a share that a small machine can spare. Beyond it a queue makes room in itself
    /// before it takes more; a client that is connected always has room for 64 KiB.
    /// </summary>
    public long MaxTotalQueuedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// The folder in which lasting sessions and retained messages are kept; default null: in memory only, and gone with the process. One process uses it.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>Length of a segment file of the state in bytes; default 16 MiB, at least twice <see cref="MaxPacketSize"/> in any case.</summary>
    public int StateSegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The log of the state is replaced by a snapshot when it has grown by so many bytes; default 64 MiB, which is read in a second.</summary>
    public long StateCompactionBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>… and by so many times the last snapshot; default 2, so that a large state is not written more often than it changes.</summary>
    public double StateGrowthFactor { get; init; } = 2;

    /// <summary>How much disk the log of the state may take in bytes; default 4 GiB. Beyond it publishers wait as with a full disk.</summary>
    public long MaxStateDiskBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of state that may wait for the disk; default 16 MiB, a fraction of a second of a good disk. Beyond it publishers wait.</summary>
    public long MaxStatePendingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a client may take nothing of what is written to it; default 30 s. After that it is a reader that does not read.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long closing waits for the last bytes (CONNACK with an error, DISCONNECT) to leave; default 2 s, so that a stop takes seconds.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a client that broke the protocol may take to read the DISCONNECT that says so; default 500 ms, some round trips of a cellular link. Zero
    /// closes at once, and the reason may be lost on the way.
    /// </summary>
    public TimeSpan LingerTime { get; init; } = TimeSpan.FromMilliseconds(500);

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
        AtLeast(1, MaxAbsentSessionsPerAccount, nameof(MaxAbsentSessionsPerAccount));
        AtLeast(0, MaxRetainedPerAccount, nameof(MaxRetainedPerAccount));
        AtLeast(MaxPacketSize, MaxTotalQueuedBytes, nameof(MaxTotalQueuedBytes));
        AtLeast(64 * 1024, StateSegmentBytes, nameof(StateSegmentBytes));
        AtLeast(64 * 1024, StateCompactionBytes, nameof(StateCompactionBytes));
        AtLeast(1, (long)StateGrowthFactor, nameof(StateGrowthFactor));
        AtLeast(2L * StateSegmentBytes, MaxStateDiskBytes, nameof(MaxStateDiskBytes));
        AtLeast(64 * 1024, MaxStatePendingBytes, nameof(MaxStatePendingBytes));
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
        if (LingerTime < TimeSpan.Zero || LingerTime > TimeSpan.FromMinutes(1))
            errors.Add($"{nameof(LingerTime)} is {LingerTime}; it must be between zero and a minute.");
        Positive(TakeOverTimeout, nameof(TakeOverTimeout));
        ValidateLimits(errors);
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
