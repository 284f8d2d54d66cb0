using SmartCommunity.Api.Connections;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Mqtt.Server.Transports;
using ConnectionInfo = SmartCommunity.Mqtt.Server.ConnectionInfo;

namespace SmartCommunity.Host.Edge;

/// <summary>Shows the endpoint's connections to the API.</summary>
internal sealed class EndpointConnections(MqttEndpoint endpoint) : IMqttConnections
{
    public IReadOnlyList<MqttConnection> List() => [.. endpoint.Connections.Select(Describe)];

    public Task<bool> DisconnectAsync(string account, string clientId, CancellationToken cancellationToken) =>
        endpoint.DisconnectClientAsync(account, clientId, cancellationToken);

    private static MqttConnection Describe(ConnectionInfo info) => new(
        info.ClientId,
        info.Name,
        info.Kind.ToString().ToLowerInvariant(),
        info.Credential,
        info.CertificateSubject,
        info.Address,
        info.Transport switch
        {
            TransportKind.Tls => "tls",
            TransportKind.WebSocket => "websocket",
            TransportKind.WebSocketOverTls => "websocket-over-tls",
            _ => "tcp",
        },
        info.Version == MqttVersion.V500 ? "5.0" : "3.1.1",
        info.KeepAlive,
        info.Since,
        info.LastPacketAt,
        info.MessagesIn,
        info.MessagesOut,
        info.BytesIn,
        info.BytesOut,
        info.Queued,
        info.InFlight,
        info.Unacknowledged,
        info.IsHeldBack);
}
