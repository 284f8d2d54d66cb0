using Microsoft.AspNetCore.Connections;

namespace SmartCommunity.Mqtt.Server.Hosting;

/// <summary>Hands Kestrel's connections to the endpoint.</summary>
internal sealed class MqttConnectionHandler(MqttEndpoint endpoint) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => endpoint.ServeAsync(connection);
}
