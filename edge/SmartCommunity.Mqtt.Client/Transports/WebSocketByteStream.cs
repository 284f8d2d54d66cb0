using System.Net.WebSockets;

namespace SmartCommunity.Mqtt.Client.Transports;

/// <summary>The bytes of a WebSocket's binary messages. Where a message ends means nothing to MQTT [MQTT-6.0.0-2].</summary>
/// <param name="socket">Owned by the stream.</param>
internal sealed class WebSocketByteStream(WebSocket socket) : Stream
{
    private bool _closed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads; 0 when the other side has closed, or, for an empty buffer, when there is something to read.</summary>
    /// <exception cref="IOException">The connection broke, or a message is not binary [MQTT-6.0.0-1].</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_closed)
        {
            var received = await ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Text) throw new IOException("The server sent a WebSocket message that is not binary.");
            _closed = received.MessageType == WebSocketMessageType.Close;
            // A message may be empty; 0 would be the end of the stream.
            if (received.Count > 0 || buffer.IsEmpty) return received.Count;
        }

        return 0;
    }

    /// <summary>Sends the bytes as one message.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException exception)
        {
            throw new IOException(exception.GetBaseException().Message, exception);
        }
    }

    public override void Flush()
    {
        // Every write is sent at once.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Without it, a close would wait for the other side; the goodbye of MQTT has done that.
            socket.Abort();
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException exception)
        {
            throw new IOException(exception.GetBaseException().Message, exception);
        }
    }
}
