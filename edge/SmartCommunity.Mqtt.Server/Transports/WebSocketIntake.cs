using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>
/// Brings the bytes of a WebSocket into a pipe. Packets do not align with frames [MQTT-6.0.0-2], so frames are not looked at; a frame that is not binary
/// ends the connection [MQTT-6.0.0-1]. A full pipe stops the reading.
/// </summary>
internal sealed class WebSocketIntake(WebSocket socket, PipeWriter output)
{
    private const int ReadSize = 4 * 1024;

    /// <summary>With which status the socket is to be closed.</summary>
    public WebSocketCloseStatus CloseStatus { get; private set; } = WebSocketCloseStatus.NormalClosure;

    /// <summary>Runs until the client closes, breaks the rule, is gone, or the reader of the pipe is done. Throws nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await ReceiveAsync(cancellationToken);
        }
        catch (MqttProtocolException violation)
        {
            CloseStatus = WebSocketCloseStatus.InvalidMessageType;
            failure = violation;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            failure = new ConnectionResetException("The WebSocket is gone.", exception);
        }

        await output.CompleteAsync(failure);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // The empty read waits for data without holding a buffer; most connections are silent most of the time.
            var first = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            if (first.MessageType == WebSocketMessageType.Close) return;
            RequireBinary(first.MessageType);
            var received = await socket.ReceiveAsync(output.GetMemory(ReadSize), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return;
            RequireBinary(received.MessageType);
            output.Advance(received.Count);
            if ((await output.FlushAsync(cancellationToken)).IsCompleted) return;
        }
    }

    private static void RequireBinary(WebSocketMessageType type)
    {
        if (type != WebSocketMessageType.Binary)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-6.0.0-1", "A WebSocket frame that is not binary.");
    }
}
