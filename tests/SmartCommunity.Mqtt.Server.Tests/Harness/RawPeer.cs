using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Tests.Harness;

/// <summary>The client's side of a socket, with nothing automatic: the test says which bytes go, and looks at which come.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly Stream _stream;
    private readonly Socket? _socket;
    private readonly MqttVersion _version;
    private readonly PacketReader _reader;
    private readonly Pipe _received = new();
    private readonly FrameReader _frames = new(int.MaxValue);
    private bool _isReading;

    private RawPeer(Stream stream, Socket? socket, MqttVersion version)
    {
        _stream = stream;
        _socket = socket;
        _version = version;
        _reader = new PacketReader(version, ReadLimits.Default);
    }

    public static async Task<RawPeer> OpenAsync(int port, MqttVersion version)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(new NetworkStream(socket, ownsSocket: true), socket, version);
    }

    /// <summary>A peer on something else than a socket in the clear; it owns the stream.</summary>
    public static RawPeer Over(Stream stream, MqttVersion version) => new(stream, socket: null, version);

    public async Task<ConnAckPacket> ConnectAsync(string clientId, Func<ConnectPacket, ConnectPacket>? with = null)
    {
        var packet = new ConnectPacket { Version = _version, ClientId = clientId };
        await SendAsync(o => PacketWriter.Write(o, with is null ? packet : with(packet)));
        return (await ReadAsync()).ShouldBeOfType<ConnAckPacket>();
    }

    public Task PublishAsync(
        string topic, string payload, int qos = 0, ushort packetId = 0, bool retain = false, bool duplicate = false, PublishProperties? properties = null) =>
        SendAsync(o => PacketWriter.Write(o, _version, new OutgoingPublish
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = (QualityOfService)qos,
            PacketId = packetId,
            Retain = retain,
            Duplicate = duplicate,
            Properties = properties,
        }));

    public async Task<IReadOnlyList<ReasonCode>> SubscribeAsync(params SubscriptionRequest[] filters)
    {
        await SendAsync(o => PacketWriter.Write(o, _version, new SubscribePacket(1, filters)));
        return (await ReadAsync()).ShouldBeOfType<SubAckPacket>().Reasons;
    }

    public Task<IReadOnlyList<ReasonCode>> SubscribeAsync(string filter, int qos = 1) => SubscribeAsync(new SubscriptionRequest(filter, (QualityOfService)qos));

    public Task AckAsync(PacketType type, ushort packetId) => SendAsync(o => PacketWriter.Write(o, _version, new AckPacket(type, packetId)));

    public Task DisconnectAsync(ReasonCode reason = ReasonCode.Success) => SendAsync(o => PacketWriter.Write(o, _version, new DisconnectPacket(reason)));

    /// <summary>Sends PINGREQ and expects PINGRESP as the very next packet: what was sent before has been processed, and nothing else has come.</summary>
    public async Task PingAsync()
    {
        await SendAsync(PacketWriter.WritePingReq);
        (await ReadAsync()).ShouldBe(PacketType.PingResp);
    }

    public async Task SendAsync(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        await SendAsync(buffer.WrittenMemory);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        await _stream.WriteAsync(bytes, limit.Token);
    }

    /// <summary>The bytes of one receive call, as the system hands them over; not to be mixed with <see cref="ReadAsync"/>.</summary>
    public async Task<byte[]> ReceiveOnceAsync()
    {
        _isReading.ShouldBeFalse();
        using var limit = new CancellationTokenSource(Limit);
        var buffer = new byte[64 * 1024];
        return buffer[..await _stream.ReadAsync(buffer, limit.Token)];
    }

    /// <summary>The next packet (a <see cref="Message"/> for PUBLISH, the type for pings), or null when the server closed the socket.</summary>
    public async Task<object?> ReadAsync()
    {
        _isReading = true;
        while (true)
        {
            if (_received.Reader.TryRead(out var read))
            {
                _frames.Load(read.Buffer);
                if (_frames.TryRead(out var frame))
                {
                    var packet = Decode(in frame);
                    _received.Reader.AdvanceTo(_frames.Consumed);
                    _isReading = false;
                    return packet;
                }

                _received.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            if (!await ReceiveAsync()) return null;
        }
    }

    public async Task<Message> ReadMessageAsync() => (await ReadAsync()).ShouldBeOfType<Message>();

    /// <summary>Reads away what still comes, and returns when the server has closed the socket.</summary>
    public async Task<DisconnectPacket?> UntilClosedAsync()
    {
        DisconnectPacket? goodbye = null;
        while (await ReadAsync() is { } packet) goodbye = packet as DisconnectPacket ?? goodbye;
        return goodbye;
    }

    /// <summary>Ends the socket without a word.</summary>
    public void Drop() => _socket!.Close(0);

    /// <summary>Ends the sending side only.</summary>
    public void EndOfStream() => _socket!.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        _frames.Dispose();
        await _stream.DisposeAsync();
    }

    private async Task<bool> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var count = await _stream.ReadAsync(_received.Writer.GetMemory(16 * 1024), limit.Token);
            if (count == 0) return false;
            _received.Writer.Advance(count);
            await _received.Writer.FlushAsync();
            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private object Decode(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.ConnAck: return _reader.ReadConnAck(in frame);
            case PacketType.Publish:
                var p = _reader.ReadPublish(in frame);
                return new Message(
                    p.Topic!.Text, Encoding.UTF8.GetString(p.Payload.Span), (int)p.Qos, p.PacketId, p.Retain, p.Duplicate, p.DecodeProperties());
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp: return _reader.ReadAck(in frame);
            case PacketType.SubAck: return _reader.ReadSubAck(in frame);
            case PacketType.UnsubAck: return _reader.ReadUnsubAck(in frame);
            case PacketType.Disconnect: return _reader.ReadDisconnect(in frame);
            default: return frame.Type;
        }
    }
}

/// <summary>A PUBLISH that came.</summary>
public sealed record Message(string Topic, string Text, int Qos, ushort PacketId, bool Retain, bool Duplicate, PublishProperties? Properties);
