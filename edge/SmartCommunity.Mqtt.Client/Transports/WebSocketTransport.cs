using System.Net.WebSockets;

namespace SmartCommunity.Mqtt.Client.Transports;

/// <summary>WebSocket with the subprotocol <c>mqtt</c> (MQTT 5.0 section 6).</summary>
internal static class WebSocketTransport
{
    private const string SubProtocol = "mqtt";

    /// <param name="endPoint">Where to.</param>
    /// <param name="tls">How to check the server; null for no TLS.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Transport> ConnectAsync(MqttEndPoint endPoint, TlsCheck? tls, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        // MQTT has its own keep alive.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            using var handler = new SocketsHttpHandler();
            if (tls is not null) handler.SslOptions = tls.ToOptions();
            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            await socket.ConnectAsync(endPoint.ToUri(), invoker, cancellationToken).ConfigureAwait(false);
            if (socket.SubProtocol != SubProtocol) throw new IOException("it is a WebSocket server, but none for MQTT");
            return new Transport(new WebSocketByteStream(socket), stop => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop));
        }
        catch (Exception exception)
        {
            socket.Dispose();
            tls?.ThrowIfRefused(exception);
            if (exception is WebSocketException) throw new IOException((exception.GetBaseException() ?? exception).Message, exception);
            throw;
        }
    }
}
