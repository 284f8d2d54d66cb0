using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>
/// QoS 0 as fast as the server takes it. A PINGREQ after each block of messages shows how far it has read, for packets of one connection are handled in order; at most
/// <see cref="OpenBlocks"/> blocks are under way, so that socket buffers do not count as taken.
/// </summary>
internal sealed class UnacknowledgedLoad(Socket socket, string device, int payloadBytes) : IDisposable
{
    private const int BlockMessages = 250;
    private const int OpenBlocks = 4;

    // PINGRESP: header and length.
    private const int AnswerBytes = 2;

    private readonly SemaphoreSlim _room = new(OpenBlocks);
    private long _taken;

    /// <summary>Messages that the server has read.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public static async Task<UnacknowledgedLoad> ConnectAsync(int port, string device, int payloadBytes, CancellationToken cancellationToken) =>
        new(await RawConnection.OpenAsync(port, device, IPAddress.Loopback, cancellationToken), device, payloadBytes);

    /// <summary>Runs until it is cancelled or the connection fails.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var listening = ListenAsync(end);
        var payload = new TelemetryPayload(payloadBytes, 1_700_000_000_000);
        var topic = Encoding.UTF8.GetBytes($"sc/v1/{device}/telemetry");
        var block = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                await _room.WaitAsync(end.Token);
                block.ResetWrittenCount();
                for (var i = 0; i < BlockMessages; i++)
                {
                    PacketWriter.Write(block, MqttVersion.V311, new OutgoingPublish { Topic = topic, Payload = payload.Next() });
                }

                PacketWriter.WritePingReq(block);
                await RawConnection.SendAsync(socket, block.WrittenMemory, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await listening;
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _room.Dispose();
    }

    private async Task ListenAsync(CancellationTokenSource end)
    {
        var buffer = new byte[64];
        var bytes = 0L;
        try
        {
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, end.Token) is var read and > 0)
            {
                var blocks = ((bytes + read) / AnswerBytes) - (bytes / AnswerBytes);
                bytes += read;
                Volatile.Write(ref _taken, bytes / AnswerBytes * BlockMessages);
                if (blocks > 0) _room.Release((int)blocks);
            }

            await end.CancelAsync();
            throw new InvalidOperationException("The server closed the connection.");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The load ends.
        }
    }
}
