using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Client.Transports;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>A connection whose CONNACK has come.</summary>
/// <param name="Transport">The bytes both ways; owned by whoever holds this.</param>
/// <param name="Input">The reading side of the stream.</param>
/// <param name="Frames">Where the reading of frames stands.</param>
/// <param name="Packets">The packet reader of the connection.</param>
/// <param name="ConnAck">What the server answered.</param>
internal sealed record OpenConnection(Transport Transport, PipeReader Input, FrameReader Frames, PacketReader Packets, ConnAckPacket ConnAck);

/// <summary>From nothing to CONNACK (MQTT 5.0 sections 3.1 and 3.2).</summary>
internal static class Handshake
{
    // One read takes thousands of PUBACKs under load; more only costs idle connections memory.
    private const int ReadBufferBytes = 16 * 1024;

    /// <summary>Opens a connection; with MQTT 3.1.1 when the server wants nothing newer and the options allow it.</summary>
    /// <exception cref="MqttConnectRefusedException">The server said no.</exception>
    /// <exception cref="MqttCertificateException">The server's certificate is not trusted.</exception>
    /// <exception cref="MqttUnreachableException">There is no server, or it did not answer in time.</exception>
    public static async Task<OpenConnection> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenOnceAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (MqttConnectRefusedException refusal)
            when (refusal.Reason == ReasonCode.UnsupportedProtocolVersion && options is { FallsBack: true, Version: MqttVersion.V500 })
        {
            var older = options with { Version = MqttVersion.V311 };
            older.Check();
            return await OpenOnceAsync(older, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<OpenConnection> OpenOnceAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Transport? transport = null;
        try
        {
            transport = await Transport.ConnectAsync(options.EndPoint, options.Tls, either.Token).ConfigureAwait(false);
            return await SignInAsync(transport, options, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (transport is not null) await transport.Stream.DisposeAsync().ConfigureAwait(false);
            // Some transports answer a cancellation with an exception of their own.
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is not MqttClientException and not MqttProtocolException && timeout.IsCancellationRequested)
                throw new MqttUnreachableException(options.EndPoint, $"no answer within {options.ConnectTimeout.TotalSeconds:0.#} s", exception);
            if (exception is SocketException or IOException) throw new MqttUnreachableException(options.EndPoint, exception.Message.TrimEnd('.'), exception);
            throw;
        }
    }

    private static async Task<OpenConnection> SignInAsync(Transport transport, MqttClientOptions options, CancellationToken cancellationToken)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PacketWriter.Write(output, ToPacket(options));
        await transport.Stream.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);

        // Zero-byte reads: a connection that is idle holds no buffer, so that tens of thousands of them fit one process.
        var reading = new StreamPipeReaderOptions(bufferSize: ReadBufferBytes, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true);
        var input = PipeReader.Create(transport.Stream, reading);
        var frames = new FrameReader(options.MaxPacketSize);
        var packets = new PacketReader(options.Version, ReadLimits.Default);
        var connAck = await ReadConnAckAsync(input, frames, packets, options, cancellationToken).ConfigureAwait(false);
        return connAck.Reason == ReasonCode.Success
            ? new OpenConnection(transport, input, frames, packets, connAck)
            : throw new MqttConnectRefusedException(connAck.Reason, connAck.ReasonString, connAck.ServerReference);
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
                var connAck = ReadConnAck(in frame, packets, options.CleanStart);
                input.AdvanceTo(frames.Consumed);
                return connAck;
            }

            input.AdvanceTo(frames.Consumed, read.Buffer.End);
            if (read.IsCompleted) throw new MqttUnreachableException(options.EndPoint, "it closed the connection without an answer", null);
        }
    }

    private static ConnAckPacket ReadConnAck(in Frame frame, PacketReader packets, bool cleanStart)
    {
        // A server of before 5.0 answers in its own format, which has no properties.
        var isOlder = packets.Version == MqttVersion.V500 && frame.Body.Length == 2;
        var connAck = (isOlder ? new PacketReader(MqttVersion.V311, ReadLimits.Default) : packets).ReadConnAck(in frame);
        if (isOlder && connAck.Reason == ReasonCode.Success)
            throw new MqttProtocolException(ReasonCode.MalformedPacket, "3.2.2", "The server's CONNACK has no properties.");
        if (connAck.SessionPresent && cleanStart)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.2.2-2", "The server says that it kept a session that it was told to forget.");
        return connAck;
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
        TopicAliasMaximum = options.MaxIncomingAliases > 0 ? (ushort)options.MaxIncomingAliases : null,
        UserProperties = options.UserProperties,
    };
}
