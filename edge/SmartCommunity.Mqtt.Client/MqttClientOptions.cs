using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client;

/// <summary>How a client connects and what it allows itself. Checked when it connects.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Where the server is. Default: TCP on this machine, port 1883.</summary>
    public MqttEndPoint EndPoint { get; init; } = MqttEndPoint.Local;

    /// <summary>The host of <see cref="EndPoint"/>.</summary>
    public string Host
    {
        get => EndPoint.Host;
        init => EndPoint = EndPoint with { Host = value };
    }

    /// <summary>The port of <see cref="EndPoint"/>, 1 to 65,535.</summary>
    public int Port
    {
        get => EndPoint.Port;
        init => EndPoint = EndPoint with { Port = value };
    }

    /// <summary>Whom to trust, and what to show, where the end point is a secure one. Default: the machine's authorities, no certificate.</summary>
    public MqttTlsOptions Tls { get; init; } = new();

    /// <summary>The protocol version. Default: 5.0, the only one whose refusals say why.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V500;

    /// <summary>Whether 3.1.1 is tried at once when the server does not speak 5.0 (reason code 0x84, return code 1). Default: no.</summary>
    public bool FallsBack { get; init; }

    /// <summary>The client identifier; empty lets the server choose one, which needs <see cref="CleanStart"/>. Default: empty.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The user name, or null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, or null for none. Sent as UTF-8.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the server forgets the session of an earlier connection. Default: yes.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>
    /// How long the server keeps the session after the connection ended; whole seconds. Default: 0. MQTT 3.1.1 has no such number: there, a
    /// session is kept exactly when <see cref="CleanStart"/> is off.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>What the server publishes when this client vanishes, with its delay and properties; null for nothing.</summary>
    public WillMessage? Will { get; init; }

    /// <summary>User properties of CONNECT; MQTT 5.0 only. Default: none.</summary>
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    /// <summary>
    /// The longest silence before a PINGREQ; whole seconds, 0 turns it off. A server may say another, which counts then. Default: 30 s, below the usual
    /// NAT time-out of 60 s.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting, with the CONNACK, may take. Default: 10 s; a healthy server answers within a second, even across continents.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long SUBACK, UNSUBACK and PINGRESP may take. Default: 10 s, as for connecting.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a goodbye may take: until the socket has taken what waits, and again until the server has closed. Default: 2 s; a healthy server closes within
    /// a round trip.
    /// </summary>
    public TimeSpan GoodbyeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// QoS 1 and 2 publishes that may wait for their end, 1 to 60,000; the server's receive maximum lowers it. Default: 256, which at a round trip of
    /// 10 ms allows 25,000 messages a second, and bounds what a reconnect has to send again.
    /// </summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>Bytes that may wait for the socket before publishing waits; at least 1,024. Default: 1 MiB, about what a TCP window holds.</summary>
    public int MaxPendingBytes { get; init; } = 1024 * 1024;

    /// <summary>The largest packet that the client takes, in bytes. Default: 4 MiB, room for a picture.</summary>
    public int MaxPacketSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Received messages that may wait for the reader, 1 to 65,535. Default: 1,024. It is also the receive maximum that the server is told; when
    /// the reader stays behind, the client stops reading the socket and nothing is dropped.
    /// </summary>
    public int MaxWaitingMessages { get; init; } = 1024;

    /// <summary>
    /// Topics that the client names by an alias after the first time, 0 to 65,535; the server's own maximum lowers it. MQTT 5.0 only. Default: 0, for it
    /// saves bytes, which matters on thin links only, and costs both sides a look-up.
    /// </summary>
    public int MaxOutgoingAliases { get; init; }

    /// <summary>Topics that the server may name by an alias, 0 to 65,535; it is told so. MQTT 5.0 only. Default: 0, as for the other direction.</summary>
    public int MaxIncomingAliases { get; init; }

    /// <summary>
    /// Whether a QoS 1 or 2 message is acknowledged as soon as it waits for the reader. Off: the reader calls Acknowledge, in any order; the server hears
    /// of it in the order of its messages. Default: on.
    /// </summary>
    public bool AcknowledgeAutomatically { get; init; } = true;

    /// <summary>The source of time. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(EndPoint.Host, nameof(EndPoint));
        Require(Port is >= 1 and <= 65_535, nameof(Port), "must be 1 to 65535");
        Require(Password is null || UserName is not null || Version == MqttVersion.V500, nameof(Password), "needs a user name in MQTT 3.1.1");
        Require(ClientId.Length > 0 || CleanStart, nameof(ClientId), "must be given when the session is to be kept");
        Require(SessionExpiry >= TimeSpan.Zero && SessionExpiry.TotalSeconds <= uint.MaxValue, nameof(SessionExpiry), "must be 0 to 4294967295 s");
        Require(KeepAlive >= TimeSpan.Zero && KeepAlive.TotalSeconds <= ushort.MaxValue, nameof(KeepAlive), "must be 0 to 65535 s");
        Require(ConnectTimeout > TimeSpan.Zero, nameof(ConnectTimeout), "must be positive");
        Require(AnswerTimeout > TimeSpan.Zero, nameof(AnswerTimeout), "must be positive");
        Require(GoodbyeTimeout > TimeSpan.Zero, nameof(GoodbyeTimeout), "must be positive");
        Require(MaxInFlight is >= 1 and <= 60_000, nameof(MaxInFlight), "must be 1 to 60000");
        Require(MaxPendingBytes >= 1024, nameof(MaxPendingBytes), "must be at least 1024");
        Require(MaxPacketSize >= 1024, nameof(MaxPacketSize), "must be at least 1024");
        Require(MaxWaitingMessages is >= 1 and <= 65_535, nameof(MaxWaitingMessages), "must be 1 to 65535");
        Require(MaxOutgoingAliases is >= 0 and <= 65_535, nameof(MaxOutgoingAliases), "must be 0 to 65535");
        Require(MaxIncomingAliases is >= 0 and <= 65_535, nameof(MaxIncomingAliases), "must be 0 to 65535");
    }

    private static void Require(bool holds, string option, string rule)
    {
        if (!holds) throw new ArgumentException($"The MQTT client's option {option} {rule}.", option);
    }
}
