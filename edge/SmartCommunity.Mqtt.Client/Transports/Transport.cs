namespace SmartCommunity.Mqtt.Client.Transports;

/// <summary>The bytes both ways, whatever carries them.</summary>
/// <param name="Stream">Reads and writes; one of each may run at once. Owned by whoever holds this.</param>
/// <param name="FinishWriting">Says that nothing more will be written; the other side can still be read. Throws what the stream would.</param>
internal sealed record Transport(Stream Stream, Func<CancellationToken, Task> FinishWriting)
{
    /// <summary>Connects.</summary>
    /// <exception cref="MqttCertificateException">The server's certificate is not trusted, or a file of <see cref="MqttTlsOptions"/> can not be used.</exception>
    /// <exception cref="IOException">There is nobody, or not who was expected.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is nobody.</exception>
    public static async Task<Transport> ConnectAsync(MqttEndPoint endPoint, MqttTlsOptions options, CancellationToken cancellationToken)
    {
        using var tls = endPoint.IsSecure ? TlsCheck.Create(endPoint, options) : null;
        return endPoint.IsWebSocket
            ? await WebSocketTransport.ConnectAsync(endPoint, tls, cancellationToken).ConfigureAwait(false)
            : await TcpTransport.ConnectAsync(endPoint, tls, cancellationToken).ConfigureAwait(false);
    }
}
