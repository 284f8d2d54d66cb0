using System.Buffers;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>
/// What waits for the socket. Everybody writes into the same two buffers; one sender takes all that has gathered and writes it at once.
/// Acknowledgements and pings have a buffer of their own, which goes first: they never wait behind data.
/// </summary>
/// <param name="stream">The socket's.</param>
/// <param name="version">The version of the connection.</param>
/// <param name="maxPendingBytes">Data that may wait before <see cref="HasRoom"/> says no.</param>
/// <param name="maxPacketSize">The largest packet that the server takes.</param>
/// <param name="maxAliases">How many topics are named by a number.</param>
internal sealed class SendQueue(Stream stream, MqttVersion version, int maxPendingBytes, int maxPacketSize, int maxAliases)
{
    private readonly OutgoingAliases? _aliases = maxAliases > 0 ? new(maxAliases) : null;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _wake = new();
    private ArrayBufferWriter<byte> _urgent = new();
    private ArrayBufferWriter<byte> _urgentSpare = new();
    private ArrayBufferWriter<byte> _data = new();
    private ArrayBufferWriter<byte> _dataSpare = new();
    private int _pending;
    private bool _ended;
    private long _written;

    /// <summary>Called when the queue was full and has room again. Must be quick.</summary>
    public Action? Drained { get; set; }

    /// <summary>Bytes that were handed to the socket so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Whether a publish may be written now.</summary>
    public bool HasRoom => Volatile.Read(ref _pending) < maxPendingBytes;

    /// <summary>Writes a PUBLISH; false when it is larger than the server takes.</summary>
    /// <param name="topic">The topic of the packet, for its alias.</param>
    /// <param name="packet">The packet, without an alias.</param>
    public bool Publish(TopicName topic, in OutgoingPublish packet)
    {
        lock (_gate)
        {
            if (!_ended && !Write(topic, in packet)) return false;
            Volatile.Write(ref _pending, _data.WrittenCount);
        }

        _wake.Set();
        return true;
    }

    /// <summary>Writes PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public void Answer(in AckPacket packet)
    {
        lock (_gate)
        {
            if (_ended) return;
            PacketWriter.Write(_urgent, version, in packet);
        }

        _wake.Set();
    }

    public void Ping()
    {
        lock (_gate)
        {
            // DISCONNECT is the last packet.
            if (_ended) return;
            PacketWriter.WritePingReq(_urgent);
        }

        _wake.Set();
    }

    public void Subscribe(SubscribePacket packet)
    {
        lock (_gate) PacketWriter.Write(_data, version, packet);
        _wake.Set();
    }

    public void Unsubscribe(UnsubscribePacket packet)
    {
        lock (_gate) PacketWriter.Write(_data, version, packet);
        _wake.Set();
    }

    /// <summary>Writes the last packet; no publish is sent after it.</summary>
    public void Disconnect(DisconnectPacket packet)
    {
        lock (_gate)
        {
            if (_ended) return;
            PacketWriter.Write(_data, version, packet);
            _ended = true;
        }

        _wake.Set();
    }

    /// <summary>Lets <see cref="RunAsync"/> return once everything is written.</summary>
    public void End()
    {
        lock (_gate) _ended = true;
        _wake.Set();
    }

    /// <summary>Sends until the queue ends or the socket fails.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Take(out var urgent, out var data, out var ended);
            if (urgent.WrittenCount + data.WrittenCount == 0)
            {
                if (ended) return;
                await _wake.WaitAsync().ConfigureAwait(false);
                continue;
            }

            if (data.WrittenCount >= maxPendingBytes) Drained?.Invoke();
            if (urgent.WrittenCount > 0) await stream.WriteAsync(urgent.WrittenMemory, cancellationToken).ConfigureAwait(false);
            if (data.WrittenCount > 0) await stream.WriteAsync(data.WrittenMemory, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _written, _written + urgent.WrittenCount + data.WrittenCount);
        }
    }

    private bool Write(TopicName topic, in OutgoingPublish packet)
    {
        if (_aliases is null || _aliases.Find(topic, out var isKnown) is not (> 0 and var alias)) return PacketWriter.Write(_data, version, in packet, maxPacketSize) > 0;
        var aliased = new OutgoingPublish
        {
            Topic = isKnown ? [] : packet.Topic,
            TopicAlias = alias,
            Payload = packet.Payload,
            Qos = packet.Qos,
            PacketId = packet.PacketId,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            Properties = packet.Properties,
        };
        if (PacketWriter.Write(_data, version, in aliased, maxPacketSize) == 0) return false;
        if (!isKnown) _aliases.Set(topic);
        return true;
    }

    private void Take(out ArrayBufferWriter<byte> urgent, out ArrayBufferWriter<byte> data, out bool ended)
    {
        lock (_gate)
        {
            ended = _ended;
            (urgent, _urgent, _urgentSpare) = (_urgent, _urgentSpare, _urgent);
            (data, _data, _dataSpare) = (_data, _dataSpare, _data);
            _urgent.ResetWrittenCount();
            _data.ResetWrittenCount();
            Volatile.Write(ref _pending, 0);
        }
    }
}
