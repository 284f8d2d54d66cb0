using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>
/// One device on one connection. It stands on the bare socket, one receive and one send for all that a batch of acknowledgements lets through: on two cores, a client with
/// queues and loops of its own would be what is measured. Used by one <see cref="LoadWorker"/>.
/// </summary>
internal sealed class LoadDevice : IDisposable
{
    // PUBACK of MQTT 3.1.1: header, length, packet identifier.
    private const int AckBytes = 4;
    private const byte PubAck = 0x40;

    private readonly byte[] _topic;
    private readonly TelemetryPayload _payload;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _outgoing = new(64 * 1024);
    private readonly byte[] _incoming = new byte[16 * 1024];
    private readonly int _window;

    // When the messages in flight were due. PUBACKs come in the order of their messages [MQTT-4.6.0-2], so a ring as long as the window is enough.
    private readonly long[] _due;
    private int _incomingBytes;
    private long _sent;
    private long _acknowledged;
    private LatencyHistogram _delays = new();

    private LoadDevice(Socket socket, LoadTarget target, string device, TelemetryPayload payload)
    {
        (Socket, _payload, _time, _window) = (socket, payload, target.Time, target.InFlight);
        _topic = Encoding.UTF8.GetBytes($"sc/v1/{device}/telemetry");
        _due = new long[_window];
    }

    public Socket Socket { get; }

    /// <summary>Messages given to the connection.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that the server acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public static async Task<LoadDevice> ConnectAsync(LoadTarget target, LoadCredential device, TelemetryPayload payload, CancellationToken cancellationToken) =>
        new(await RawConnection.OpenAsync(target.Port, device.Id, IPAddress.Loopback, cancellationToken, device.Token), target, device.Id, payload);

    /// <summary>Takes one message for the next <see cref="Send"/>; false when the window is full. Its delay counts from when it was due, whenever it could be sent.</summary>
    public bool TryPublish(long due)
    {
        if (_sent - _acknowledged >= _window)
        {
            return false;
        }

        // The place is free, for no more than the window is in flight.
        _due[_sent % _window] = due;
        PacketWriter.Write(
            _outgoing, MqttVersion.V311,
            new OutgoingPublish { Topic = _topic, Payload = _payload.Next(), Qos = QualityOfService.AtLeastOnce, PacketId = PacketId(_sent) });
        Volatile.Write(ref _sent, _sent + 1);
        return true;
    }

    /// <summary>Sends what was taken; waits while the server does not read.</summary>
    public void Send()
    {
        for (var left = _outgoing.WrittenSpan; !left.IsEmpty;)
        {
            left = left[Socket.Send(left)..];
        }

        _outgoing.ResetWrittenCount();
    }

    /// <summary>Takes the acknowledgements that have come. Called when something has.</summary>
    /// <exception cref="InvalidDataException">The server does not behave.</exception>
    public void Receive()
    {
        var read = Socket.Receive(_incoming.AsSpan(_incomingBytes));
        if (read == 0)
        {
            throw new InvalidDataException("The server closed the connection of a device.");
        }

        var have = _incomingBytes + read;
        var whole = have / AckBytes * AckBytes;
        Count(_incoming.AsSpan(0, whole));
        _incoming.AsSpan(whole, have - whole).CopyTo(_incoming);
        _incomingBytes = have - whole;
    }

    /// <summary>Takes the delays that were counted so far, and begins anew.</summary>
    public LatencyHistogram TakeDelays() => Interlocked.Exchange(ref _delays, new());

    public void Dispose() => Socket.Dispose();

    // 1 to 65,535; more than any window.
    private static ushort PacketId(long message) => (ushort)(1 + (message % ushort.MaxValue));

    private void Count(ReadOnlySpan<byte> acks)
    {
        var delays = Volatile.Read(ref _delays);
        var now = _time.GetTimestamp();
        var acknowledged = _acknowledged;
        for (; !acks.IsEmpty; acks = acks[AckBytes..])
        {
            if (acks[0] != PubAck || BinaryPrimitives.ReadUInt16BigEndian(acks[2..]) != PacketId(acknowledged))
            {
                throw new InvalidDataException("The server did not acknowledge the messages in their order.");
            }

            delays.Add(_time.GetElapsedTime(_due[acknowledged % _window], now));
            acknowledged++;
        }

        Volatile.Write(ref _acknowledged, acknowledged);
    }
}

/// <summary>Who publishes.</summary>
internal readonly record struct LoadCredential(string Id, string? Token);

/// <summary>Where a load goes.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Port">The MQTT port on 127.0.0.1.</param>
/// <param name="InFlight">The window of each connection.</param>
/// <param name="Devices">One per connection.</param>
/// <param name="PayloadBytes">About how large a message is.</param>
/// <param name="Time">The clock of delays.</param>
internal sealed record LoadTarget(string Name, int Port, int InFlight, IReadOnlyList<LoadCredential> Devices, int PayloadBytes, TimeProvider Time);
