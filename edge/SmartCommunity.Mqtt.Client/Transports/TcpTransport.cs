using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SmartCommunity.Mqtt.Client.Transports;

/// <summary>TCP, with TLS on it when it is asked for.</summary>
internal static class TcpTransport
{
    /// <param name="endPoint">Where to.</param>
    /// <param name="tls">How to check the server; null for no TLS.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Transport> ConnectAsync(MqttEndPoint endPoint, TlsCheck? tls, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint.Host, endPoint.Port, cancellationToken).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (tls is null)
            {
                return new Transport(plain, _ =>
                {
                    socket.Shutdown(SocketShutdown.Send);
                    return Task.CompletedTask;
                });
            }

            var secure = await SecureAsync(plain, tls, cancellationToken).ConfigureAwait(false);
            return new Transport(secure, _ => FinishAsync(secure, socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SslStream> SecureAsync(NetworkStream plain, TlsCheck tls, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.ToOptions(), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch (Exception exception)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            tls.ThrowIfRefused(exception);
            if (exception is not AuthenticationException) throw;
            throw new IOException($"the TLS handshake failed: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    private static async Task FinishAsync(SslStream secure, Socket socket)
    {
        await secure.ShutdownAsync().ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
    }
}
