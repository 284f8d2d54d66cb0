using System.Buffers;
using System.Net.Sockets;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.TestKit.Mqtt;

/// <summary>One connection of a <see cref="ScriptedPeer"/>. Every wait fails after <see cref="Patience"/> instead of hanging the test.</summary>
public sealed class PeerConnection(Socket socket) : IAsyncDisposable
{
    /// <summary>How long anything may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    // Made when something is read, because crowds of connections only hold a socket.
    private byte[]? _chunk;
    private ReadOnlyMemory<byte> _unread;
    private PacketReader _packets = new(MqttVersion.V500, ReadLimits.Default);

    /// <summary>The version that packets are read and written in. Set by <see cref="ExpectConnectAsync"/>; 5.0 before.</summary>
    public MqttVersion Version
    {
        get => _packets.Version;
        set => _packets = new PacketReader(value, ReadLimits.Default);
    }

    /// <summary>Reads CONNECT.</summary>
    public async Task<ConnectPacket> ExpectConnectAsync()
    {
        var connect = PacketReader.ReadConnect(await ExpectAsync(PacketType.Connect), ReadLimits.Default);
        Version = connect.Version;
        return connect;
    }

    public async Task<ConnAckPacket> ExpectConnAckAsync() => _packets.ReadConnAck(await ExpectAsync(PacketType.ConnAck));

    /// <summary>Reads PUBLISH. The payload is a copy.</summary>
    public async Task<PublishPacket> ExpectPublishAsync() => _packets.ReadPublish(await ExpectAsync(PacketType.Publish));

    public async Task<SubscribePacket> ExpectSubscribeAsync() => _packets.ReadSubscribe(await ExpectAsync(PacketType.Subscribe));

    public async Task<UnsubscribePacket> ExpectUnsubscribeAsync() => _packets.ReadUnsubscribe(await ExpectAsync(PacketType.Unsubscribe));

    public async Task<SubAckPacket> ExpectSubAckAsync() => _packets.ReadSubAck(await ExpectAsync(PacketType.SubAck));

    public async Task<DisconnectPacket> ExpectDisconnectAsync() => _packets.ReadDisconnect(await ExpectAsync(PacketType.Disconnect));

    /// <summary>Reads PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public async Task<AckPacket> ExpectAckAsync(PacketType type = PacketType.PubAck) => _packets.ReadAck(await ExpectAsync(type));

    /// <summary>Reads the next packet, which must be of that type.</summary>
    public async Task<Frame> ExpectAsync(PacketType type)
    {
        var frame = await NextAsync() ?? throw new PeerException($"The connection closed where {type} was expected.");
        if (frame.Type == type) return frame;
        var why = frame.Type == PacketType.Disconnect ? $" ({_packets.ReadDisconnect(in frame).Reason})" : "";
        throw new PeerException($"{frame.Type}{why} came where {type} was expected.");
    }

    /// <summary>Waits for the other side to close; anything it says before is a failure.</summary>
    public async Task ExpectClosedAsync()
    {
        if (await NextAsync() is { } frame) throw new PeerException($"{frame.Type} came where the connection should have been closed.");
    }

    /// <summary>Reads the next packet; null when the other side has closed. The frame owns its memory.</summary>
    public async Task<Frame?> NextAsync()
    {
        while (true)
        {
            if (TryCut(out var frame)) return frame;
            var read = await ReceiveAsync();
            if (read == 0 && _unread.Length > 0) throw new PeerException($"The connection closed inside a packet, after {_unread.Length} bytes of it.");
            if (read == 0) return null;
            _unread = (byte[])[.. _unread.Span, .. _chunk!.AsSpan(0, read)];
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes[sent..], SocketFlags.None).AsTask().WaitAsync(Patience);
    }

    public Task SendAsync(ConnectPacket packet)
    {
        Version = packet.Version;
        return WriteAsync(output => PacketWriter.Write(output, packet));
    }

    public Task SendAsync(ConnAckPacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, packet));

    public Task SendAsync(AckPacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, in packet));

    public Task SendAsync(SubscribePacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, packet));

    public Task SendAsync(SubAckPacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, packet));

    public Task SendAsync(UnsubAckPacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, packet));

    public Task SendAsync(DisconnectPacket packet) => WriteAsync(output => PacketWriter.Write(output, Version, packet));

    /// <summary>Sends PUBACKs in one write.</summary>
    public Task AcknowledgeAsync(params ushort[] packetIds) => WriteAsync(output =>
    {
        foreach (var id in packetIds) PacketWriter.Write(output, Version, new AckPacket(PacketType.PubAck, id));
    });

    public Task PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, QualityOfService qos = QualityOfService.AtMostOnce, ushort packetId = 0, bool retain = false) =>
        WriteAsync(output => PacketWriter.Write(output, Version, new OutgoingPublish
        {
            Topic = System.Text.Encoding.UTF8.GetBytes(topic),
            Payload = payload.Span,
            Qos = qos,
            PacketId = packetId,
            Retain = retain,
        }));

    public Task PingAsync() => WriteAsync(PacketWriter.WritePingReq);

    public Task AnswerPingAsync() => WriteAsync(PacketWriter.WritePingResp);

    /// <summary>Closes in order, as a server does that has nothing more to say.</summary>
    public void Close()
    {
        socket.Shutdown(SocketShutdown.Both);
        socket.Dispose();
    }

    /// <summary>Resets the connection, as a machine does that lost its power and came back.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryCut(out Frame frame)
    {
        frame = default;
        if (!FrameHeader.TryRead(_unread.Span, int.MaxValue, out var header) || _unread.Length < header.Size + header.BodyLength) return false;
        var size = header.Size + header.BodyLength;
        frame = new Frame(header.First, _unread.Slice(header.Size, header.BodyLength), size);
        _unread = _unread[size..];
        return true;
    }

    private async Task<int> ReceiveAsync()
    {
        _chunk ??= new byte[16 * 1024];
        try
        {
            return await socket.ReceiveAsync(_chunk.AsMemory(), SocketFlags.None).AsTask().WaitAsync(Patience);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
        catch (TimeoutException)
        {
            throw new PeerException($"The other side said nothing for {Patience.TotalSeconds} s.");
        }
    }

    private Task WriteAsync(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return SendAsync(output.WrittenMemory);
    }
}

/// <summary>The other side did not do what the script expects.</summary>
public sealed class PeerException(string message) : Exception(message);
