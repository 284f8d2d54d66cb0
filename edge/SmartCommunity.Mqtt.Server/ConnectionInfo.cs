using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Mqtt.Server;

/// <summary>A signed-in connection, as it is at the moment of asking.</summary>
/// <param name="ClientId">The MQTT client identifier.</param>
/// <param name="Name">The device id or account name.</param>
/// <param name="Kind">What sort of client it is.</param>
/// <param name="Address">Where it comes from: IP address and port.</param>
/// <param name="Version">The protocol that it speaks.</param>
/// <param name="Since">When the socket was accepted.</param>
/// <param name="MessagesIn">Messages that it published on this connection.</param>
/// <param name="MessagesOut">Messages that were written to it on this connection.</param>
/// <param name="Queued">Messages that wait for it or are in flight to it.</param>
public sealed record ConnectionInfo(
    string ClientId, string Name, ClientKind Kind, string Address, MqttVersion Version, DateTimeOffset Since, long MessagesIn, long MessagesOut, int Queued)
{
    /// <summary>Its number: rises with every connection since the start. Pages of connections go by it.</summary>
    public long Number { get; init; }

    /// <summary>How long its session outlives the connection.</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>What carries it.</summary>
    public TransportKind Transport { get; init; }

    /// <summary>The id of the token or certificate that it signed in with, as <see cref="ClientIdentity.Credential"/>; null when that is not known.</summary>
    public string? Credential { get; init; }

    /// <summary>The subject of the certificate that the client proved to own, or null.</summary>
    public string? CertificateSubject { get; init; }

    /// <summary>Bytes of MQTT packets that came from it.</summary>
    public long BytesIn { get; init; }

    /// <summary>Bytes of MQTT packets that were written to it.</summary>
    public long BytesOut { get; init; }

    /// <summary>When bytes last came from it.</summary>
    public DateTimeOffset LastPacketAt { get; init; }

    /// <summary>The keep alive in seconds that holds for it; 0 is none.</summary>
    public int KeepAlive { get; init; }

    /// <summary>QoS 1 and 2 messages that were written to it and are not acknowledged; part of <see cref="Queued"/>.</summary>
    public int InFlight { get; init; }

    /// <summary>QoS 1 and 2 messages of its own that wait for the disk.</summary>
    public int Unacknowledged { get; init; }

    /// <summary>Whether a limit on its publishing, or a receiver that pushes back, keeps it from being read at this moment.</summary>
    public bool IsHeldBack { get; init; }
}
