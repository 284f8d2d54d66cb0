namespace SmartCommunity.Mqtt.Server;

// Who may open how many connections, how quickly clients may publish, and what a packet may hold.
public sealed partial record MqttServerOptions
{
    /// <summary>
    /// Connections at once from one address (IPv4, or the /64 of IPv6); default 20,000: a whole district behind one NAT, and still not everybody's share.
    /// </summary>
    public int MaxConnectionsPerAddress { get; init; } = 20_000;

    /// <summary>New connections per second in all; default 2,000, with <see cref="ConnectBurst"/>. About a third of a small machine's time goes into that many.</summary>
    public int ConnectRate { get; init; } = 2_000;

    /// <summary>New connections at once beyond the rate; default 10,000: after a power cut everybody comes back at the same time.</summary>
    public int ConnectBurst { get; init; } = 10_000;

    /// <summary>New connections per second from one address; default 500, a quarter of the whole.</summary>
    public int ConnectRatePerAddress { get; init; } = 500;

    /// <summary>New connections at once from one address; default 2,000: a community behind one NAT comes back in one go, a larger site in a few seconds.</summary>
    public int ConnectBurstPerAddress { get; init; } = 2_000;

    /// <summary>
    /// Connections that have not signed in, in all; default 10,000. Each may hold <see cref="MaxPacketSizeBeforeSignIn"/> bytes for
    /// <see cref="ConnectTimeout"/>, so that strangers get 160 MiB at the very most.
    /// </summary>
    public int MaxUnauthenticated { get; init; } = 10_000;

    /// <summary>Connections from one address that have not signed in; default 2,000, so that one address can not use up what all strangers have.</summary>
    public int MaxUnauthenticatedPerAddress { get; init; } = 2_000;

    /// <summary>
    /// Clients beyond a limit whose CONNECT is read at the same time, so that a CONNACK can say why; default 256. More are closed without a word: a
    /// flood is not worth the reading.
    /// </summary>
    public int MaxRefusalsAtOnce { get; init; } = 256;

    /// <summary>Addresses that are remembered; default 100,000, about 30 MiB. The one without connections for the longest is forgotten first.</summary>
    public int MaxAddresses { get; init; } = 100_000;

    /// <summary>
    /// Wrong credentials per second from one address that are refused at once; default 2. Beyond it, and <see cref="FailedSignInBurstPerAddress"/>, each
    /// refusal is held back for <see cref="FailedSignInDelay"/>. Right credentials are never delayed: the guesser's neighbours behind a NAT have them.
    /// </summary>
    public double FailedSignInsPerSecondPerAddress { get; init; } = 2;

    /// <summary>Wrong credentials at once from one address; default 50: somebody mistyped the token of a whole building.</summary>
    public int FailedSignInBurstPerAddress { get; init; } = 50;

    /// <summary>How long a refusal is held back; default 5 s, half of <see cref="ConnectTimeout"/>.</summary>
    public TimeSpan FailedSignInDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Refusals held back at once for one address; default 64. While there are so many, no credentials from that address are looked at (reason code 0x9F),
    /// so that it guesses 13 times a second at most.
    /// </summary>
    public int MaxHeldRefusalsPerAddress { get; init; } = 64;

    /// <summary>
    /// The longest keep alive in seconds; default 3,600. MQTT 5 clients that ask for more, or for none, are told this one [MQTT-3.1.2-21]. A connection
    /// whose client was switched off must not be kept for ever.
    /// </summary>
    public int MaxKeepAlive { get; init; } = 3_600;

    /// <summary>
    /// How long an MQTT 3.1.1 client may be silent, whatever its keep alive; default 24 h. Such a client can not be told another keep alive; the longest that
    /// it can name is 18.2 h, so one that keeps to its own is never cut off. One without a keep alive that only listens has to connect anew every day.
    /// </summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// After how much silence TCP asks whether the other side is still there; default 60 s, then every 15 s, and after four questions without an answer the
    /// connection is closed. So a client that vanished is noticed within two minutes, also without a keep alive.
    /// </summary>
    public TimeSpan TcpKeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest payload of a will in bytes; default 8 KiB: it is kept as long as the connection stands.</summary>
    public int MaxWillBytes { get; init; } = 8 * 1024;

    /// <summary>
    /// Messages per second that one device or account publishes, over all its connections; default 100,000, about the whole of a small machine; 0 is no limit.
    /// Whoever exceeds it is not read until it is back within it; nothing is dropped. A deployment that knows its devices sets it to tens.
    /// </summary>
    public double MaxPublishRate { get; init; } = 100_000;

    /// <summary>Bytes per second that one device or account sends; default 64 MiB, half of what a small disk writes; 0 is no limit. Also by not reading.</summary>
    public double MaxPublishBytesRate { get; init; } = 64 * 1024 * 1024;

    /// <summary>For how long a client may publish all at once what its rates allow; default 1 s: devices send what they have gathered.</summary>
    public TimeSpan PublishBurst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes of packets, with 64 for each packet, that are taken from one connection before others have their turn; default 32 KiB: about a hundred messages,
    /// a tenth of a millisecond.
    /// </summary>
    public int ReadTurnBytes { get; init; } = 32 * 1024;

    /// <summary>
    /// Bytes of one socket that are read ahead of what has been taken; default 64 KiB. A slow disk stops the taking, and then this is all that a publisher
    /// costs; the rest waits on its side of the network.
    /// </summary>
    public int MaxReadAheadBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes for one socket that wait in this process, and as many again that wait unsent in the system; default 64 KiB. A ping is answered behind these and
    /// not behind megabytes, and a reader that does not read costs no more.
    /// </summary>
    public int MaxUnsentBytes { get; init; } = 64 * 1024;

    /// <summary>Wills that are published at the same time; default 32. When a site is cut off, ten thousand come at once, and the others' messages with them.</summary>
    public int MaxWillsAtOnce { get; init; } = 32;

    /// <summary>
    /// Whether failing answers carry a reason string; default to clients that ask for it (Request Problem Information = 1 in CONNECT). Devices do not read
    /// them, and raw answers are what conformance suites compare.
    /// </summary>
    public ReasonStringUse ReasonStrings { get; init; } = ReasonStringUse.WhenAsked;

    private void ValidateLimits(List<string> errors)
    {
        Between(MaxConnectionsPerAddress, 1, int.MaxValue, nameof(MaxConnectionsPerAddress));
        Between(ConnectRate, 1, int.MaxValue, nameof(ConnectRate));
        Between(ConnectBurst, 1, int.MaxValue, nameof(ConnectBurst));
        Between(ConnectRatePerAddress, 1, int.MaxValue, nameof(ConnectRatePerAddress));
        Between(ConnectBurstPerAddress, 1, int.MaxValue, nameof(ConnectBurstPerAddress));
        Between(MaxUnauthenticated, 1, int.MaxValue, nameof(MaxUnauthenticated));
        Between(MaxUnauthenticatedPerAddress, 1, int.MaxValue, nameof(MaxUnauthenticatedPerAddress));
        Between(MaxRefusalsAtOnce, 0, 1_000_000, nameof(MaxRefusalsAtOnce));
        Between(MaxAddresses, 1, 10_000_000, nameof(MaxAddresses));
        Between(FailedSignInsPerSecondPerAddress, 0.001, 1_000_000, nameof(FailedSignInsPerSecondPerAddress));
        Between(FailedSignInBurstPerAddress, 1, int.MaxValue, nameof(FailedSignInBurstPerAddress));
        Between(FailedSignInDelay.TotalSeconds, 0, ConnectTimeout.TotalSeconds, nameof(FailedSignInDelay));
        Between(MaxHeldRefusalsPerAddress, 1, 1_000_000, nameof(MaxHeldRefusalsPerAddress));
        Between(MaxKeepAlive, 1, ushort.MaxValue, nameof(MaxKeepAlive));
        Between(MaxSilence.TotalSeconds, 1, TimeSpan.FromDays(45).TotalSeconds, nameof(MaxSilence));
        Between(TcpKeepAlive.TotalSeconds, 1, 32_767, nameof(TcpKeepAlive));
        Between(MaxWillBytes, 0, ushort.MaxValue, nameof(MaxWillBytes));
        Between(MaxPublishRate, 0, double.MaxValue, nameof(MaxPublishRate));
        Between(MaxPublishBytesRate, 0, double.MaxValue, nameof(MaxPublishBytesRate));
        Between(PublishBurst.TotalSeconds, 0.001, 3_600, nameof(PublishBurst));
        Between(ReadTurnBytes, 1, int.MaxValue, nameof(ReadTurnBytes));
        Between(MaxReadAheadBytes, 4 * 1024, int.MaxValue, nameof(MaxReadAheadBytes));
        Between(MaxUnsentBytes, 4 * 1024, int.MaxValue, nameof(MaxUnsentBytes));
        Between(MaxWillsAtOnce, 1, 10_000, nameof(MaxWillsAtOnce));

        void Between(double value, double least, double most, string name)
        {
            if (!(value >= least && value <= most)) errors.Add($"{name} is {value}; it must be between {least} and {most}.");
        }
    }
}

/// <summary>Which MQTT 5 clients get reason strings. Texts that would make a packet larger than the client takes are left out in any case.</summary>
public enum ReasonStringUse
{
    /// <summary>None.</summary>
    Never,

    /// <summary>Those that ask for problem information in so many words.</summary>
    WhenAsked,

    /// <summary>All, except in acknowledgements for those that asked for no problem information [MQTT-3.1.2-29].</summary>
    Always,
}
