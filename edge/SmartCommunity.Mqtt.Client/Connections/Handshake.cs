using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>A connection whose CONNACK has come.</summary>
/// <param name="Stream">The bytes both ways; owned by whoever holds this.</param>
/// <param name="Input">The reading side of the stream.</param>
/// <param name="Frames">Where the reading of frames stands.</param>
/// <param name="Packets">The packet reader of the connection.</param>
/// <param name="ConnAck">What the server answered.</param>
internal sealed record OpenConnection(Stream Stream, PipeReader Input, FrameReader Frames, PacketReader Packets, ConnAckPacket ConnAck);

/// <summary>From nothing to CONNACK (MQTT 5.0 sections 3.1 and 3.2).</summary>
internal static class Handshake
{
    // One read takes thousands of PUBACKs under load; more only costs idle connections memory.
    private const int ReadBufferBytes = 16 * 1024;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="MqttConnectRefusedException">The server said no.</exception>
    /// <exception cref="MqttUnreachableException">There is no server, or it did not answer in time.</exception>
    public static async Task<OpenConnection> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Stream? stream = null;
        try
        {
            stream = await ConnectTcpAsync(options, either.Token).ConfigureAwait(false);
            return await SignInAsync(stream, options, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new MqttUnreachableException(options.Host, options.Port, $"no answer within {options.ConnectTimeout.TotalSeconds:0.#} s", exception);
            if (exception is SocketException or IOException)
                throw new MqttUnreachableException(options.Host, options.Port, exception.Message, exception);
            throw;
        }
    }

    private static async Task<Stream> ConnectTcpAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<OpenConnection> SignInAsync(Stream stream, MqttClientOptions options, CancellationToken cancellationToken)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PacketWriter.Write(output, ToPacket(options));
        await stream.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);

        // Zero-byte reads: a connection that is idle holds no buffer, so that tens of thousands of them fit one process.
        var reading = new StreamPipeReaderOptions(bufferSize: ReadBufferBytes, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true);
        var input = PipeReader.Create(stream, reading);
        var frames = new FrameReader(options.MaxPacketSize);
        var packets = new PacketReader(options.Version, ReadLimits.Default);
        var connAck = await ReadConnAckAsync(input, frames, packets, options, cancellationToken).ConfigureAwait(false);
        return connAck.Reason == ReasonCode.Success
            ? new OpenConnection(stream, input, frames, packets, connAck)
            : throw new MqttConnectRefusedException(connAck.Reason, connAck.ReasonString);
    }

    private static async Task<ConnAckPacket> ReadConnAckAsync(
        PipeReader input, FrameReader frames, PacketReader packets, MqttClientOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            frames.Load(read.Buffer);
            if (frames.TryRead(out var frame))
            {
                if (frame.Type != PacketType.ConnAck)
                    throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.2.0-1", $"The server's first packet is {frame.Type}, not CONNACK.");
                var connAck = packets.ReadConnAck(in frame);
                input.AdvanceTo(frames.Consumed);
                return connAck;
            }

            input.AdvanceTo(frames.Consumed, read.Buffer.End);
            if (read.IsCompleted) throw new MqttUnreachableException(options.Host, options.Port, "it closed the connection without an answer", null);
        }
    }

    private static ConnectPacket ToPacket(MqttClientOptions options) => new()
    {
        Version = options.Version,
        ClientId = options.ClientId,
        CleanStart = options.CleanStart,
        KeepAlive = (ushort)options.KeepAlive.TotalSeconds,
        UserName = options.UserName,
        Password = options.Password is { } password ? Encoding.UTF8.GetBytes(password) : null,
        Will = options.Will,
        SessionExpiryInterval = options.SessionExpiry > TimeSpan.Zero ? (uint)options.SessionExpiry.TotalSeconds : null,
        ReceiveMaximum = (ushort)options.MaxWaitingMessages,
        MaximumPacketSize = (uint)options.MaxPacketSize,
    };
}
