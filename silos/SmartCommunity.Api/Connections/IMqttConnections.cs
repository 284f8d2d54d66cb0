namespace SmartCommunity.Api.Connections;

/// <summary>What the API asks of the MQTT endpoint. The host fills it; without one there are no connections.</summary>
public interface IMqttConnections
{
    /// <summary>The signed-in connections at this moment, in any order.</summary>
    IReadOnlyList<MqttConnection> List();

    /// <summary>Closes a client's connection; its session stays. Returns when it is gone.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DisconnectAsync(string account, string clientId, CancellationToken cancellationToken);
}

/// <summary>One MQTT connection.</summary>
/// <param name="ClientId">The MQTT client identifier.</param>
/// <param name="Account">The device id or account name that it signed in as.</param>
/// <param name="Kind">device, gateway, integration or subscriber.</param>
/// <param name="Credential">The id of the token or certificate that it signed in with; null when it is not known.</param>
/// <param name="CertificateSubject">The subject of its client certificate, or null.</param>
/// <param name="Address">IP address and port that it comes from.</param>
/// <param name="Transport">tcp, tls, websocket or websocket-over-tls.</param>
/// <param name="Version">The protocol: 3.1.1 or 5.0.</param>
/// <param name="KeepAlive">In seconds; 0 is none.</param>
/// <param name="Since">When it was accepted.</param>
/// <param name="LastPacketAt">When bytes last came from it.</param>
/// <param name="MessagesIn">Messages that it published.</param>
/// <param name="MessagesOut">Messages that were written to it.</param>
/// <param name="BytesIn">Bytes that came from it.</param>
/// <param name="BytesOut">Bytes that were written to it.</param>
/// <param name="Queued">Messages that wait for it or are in flight to it.</param>
/// <param name="InFlight">Those of them that were written and are not acknowledged.</param>
/// <param name="Unacknowledged">Messages of its own that wait for the disk.</param>
/// <param name="IsHeldBack">Whether a limit or the disk keeps it from being read at this moment.</param>
public sealed record MqttConnection(
    string ClientId, string Account, string Kind, string? Credential, string? CertificateSubject, string Address, string Transport, string Version, int KeepAlive,
    DateTimeOffset Since, DateTimeOffset LastPacketAt, long MessagesIn, long MessagesOut, long BytesIn, long BytesOut, int Queued, int InFlight, int Unacknowledged,
    bool IsHeldBack);

/// <summary>A process without an MQTT endpoint.</summary>
internal sealed class NoMqttConnections : IMqttConnections
{
    public IReadOnlyList<MqttConnection> List() => [];

    public Task<bool> DisconnectAsync(string account, string clientId, CancellationToken cancellationToken) => Task.FromResult(false);
}
