using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Mqtt.Server.Hosting;

/// <summary>MQTT over WebSocket (MQTT 5.0 section 6).</summary>
public static class MqttWebSocketExtensions
{
    // "mqtt" is registered for both versions; some clients of 3.1.1 still say "mqttv3.1".
    private static readonly string[] SubProtocols = ["mqtt", "mqttv3.1"];

    /// <summary>
    /// Speaks MQTT on WebSockets at this path. A request that is no WebSocket gets 426, one that does not offer the sub-protocol <c>mqtt</c>
    /// [MQTT-6.0.0-3] gets 400. The caller decides who may ask: sign-in happens inside, by CONNECT, so the route is usually <c>AllowAnonymous</c>.
    /// </summary>
    /// <remarks>
    /// The client's address is that of the HTTP connection. Behind a reverse proxy all clients have the proxy's, and share the limits per address, unless
    /// the host uses the forwarded-headers middleware (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c> where only the proxy can reach the port).
    /// </remarks>
    public static IEndpointConventionBuilder MapMqtt(this IEndpointRouteBuilder routes, string path)
    {
        var pipeline = routes.CreateApplicationBuilder();
        // MQTT has its own keep alive; WebSocket pongs beside it would only wake idle connections.
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        pipeline.Run(ServeAsync);
        return routes.Map(path, pipeline.Build()).WithDisplayName("MQTT over WebSocket");
    }

    private static async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return;
        }

        if (SubProtocols.FirstOrDefault(known => context.WebSockets.WebSocketRequestedProtocols.Contains(known, StringComparer.Ordinal)) is not { } subProtocol)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var endpoint = context.RequestServices.GetRequiredService<MqttEndpoint>();
        using var ticket = endpoint.Admit(context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null);
        if (ticket.Refusal is not null)
        {
            // HTTP can say it before there is a WebSocket.
            context.Response.StatusCode = ticket.Reason == ReasonCode.ServerBusy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "5";
            return;
        }

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(subProtocol);
        await using var connection = new WebSocketConnection(context, socket, stopping);
        connection.Features.Set(ticket);
        await connection.RunAsync(endpoint.ServeAsync, endpoint.Options.CloseTimeout, time);
    }
}
