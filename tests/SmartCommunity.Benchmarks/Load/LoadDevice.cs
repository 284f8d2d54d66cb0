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
/// One device on one connection: publishes as fast as its window lets it, or what is due. It stands on the bare socket, one receive and one send for all that a batch of
/// acknowledgements lets through: on two cores, a client with queues and loops of its own would be what is measured.
/// </summary>
internal sealed class LoadDevice : IAsyncDisposable
{
    // PUBACK of MQTT 3.1.1: header, length, packet identifier.
    private const int AckBytes = 4;
    private const byte PubAck = 0x40;

    private readonly Socket _socket;
    private readonly byte[] _topic;
    private readonly TelemetryPayload _payload;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _waiting = new(64 * 1024);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly int _window;

    // When the messages in flight were due. PUBACKs come in the order of their messages [MQTT-4.6.0-2], so a ring as long as the window is enough.
    private readonly long[] _due;
    private readonly Task _listening;
    private CancellationToken? _flatOut;
    private TaskCompletionSource? _idle;
    private long _sent;
    private long _acknowledged;
    private LatencyHistogram _delays = new();

    private LoadDevice(Socket socket, LoadTarget target, string device, TelemetryPayload payload)
    {
        (_socket, _payload, _time, _window) = (socket, payload, target.Time, target.InFlight);
        _topic = Encoding.UTF8.GetBytes($"sc/v1/{device}/telemetry");
        _due = new long[_window];
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Messages given to the connection.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that the server acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Ends when the connection does, with the reason when nobody wanted that.</summary>
    public Task Listening => _listening;

    public static async Task<LoadDevice> ConnectAsync(LoadTarget target, LoadCredential device, TelemetryPayload payload, CancellationToken cancellationToken) =>
        new(await RawConnection.OpenAsync(target.Port, device.Id, IPAddress.Loopback, cancellationToken, device.Token), target, device.Id, payload);

    /// <summary>Publishes as fast as the window lets it; what is in flight at the end is not waited for.</summary>
    public async Task RunFlatOutAsync(CancellationToken stop)
    {
        _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _flatOut = stop;

        // The first window is sent from here, and every further message by whoever has read the acknowledgement that makes room for it.
        await FillAsync();
        await _idle.Task;
        if (_listening.IsCompleted) await _listening;
    }

    /// <summary>Takes one message for the next <see cref="FlushAsync"/>; false when the window is full. Its delay counts from when it was due, whenever it could be sent.</summary>
    public bool TryPublish(long due)
    {
        if (_sent - Acknowledged >= _window)
        {
            return false;
        }

        // The place is free, for no more than the window is in flight.
        _due[_sent % _window] = due;
        PacketWriter.Write(
            _waiting, MqttVersion.V311,
            new OutgoingPublish { Topic = _topic, Payload = _payload.Next(), Qos = QualityOfService.AtLeastOnce, PacketId = PacketId(_sent) });
        Volatile.Write(ref _sent, _sent + 1);
        return true;
    }

    /// <summary>Sends what was taken.</summary>
    public async ValueTask FlushAsync()
    {
        if (_waiting.WrittenCount == 0)
        {
            return;
        }

        await RawConnection.SendAsync(_socket, _waiting.WrittenMemory, CancellationToken.None);
        _waiting.ResetWrittenCount();
    }

    /// <summary>Takes the delays that were counted so far, and begins anew.</summary>
    public LatencyHistogram TakeDelays() => Interlocked.Exchange(ref _delays, new());

    public async ValueTask DisposeAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        try
        {
            await _listening;
        }
        catch (Exception failure) when (failure is SocketException or InvalidDataException)
        {
            // Told by the load, if there was one.
        }

        _socket.Dispose();
        _sending.Dispose();
    }

    // 1 to 65,535; more than any window.
    private static ushort PacketId(long message) => (ushort)(1 + (message % ushort.MaxValue));

    private async Task ListenAsync()
    {
        var buffer = new byte[16 * 1024];
        var have = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(have), SocketFlags.None) is var read and > 0)
            {
                have += read;
                var whole = have / AckBytes * AckBytes;
                Count(buffer.AsSpan(0, whole));
                buffer.AsSpan(whole, have - whole).CopyTo(buffer);
                have -= whole;
                await GoOnAsync();
            }

            if (Acknowledged < Sent) throw new InvalidDataException("The server closed the connection of a device.");
        }
        finally
        {
            _idle?.TrySetResult();
        }
    }

    private async ValueTask GoOnAsync()
    {
        if (_flatOut is not { } stop)
        {
            return;
        }

        if (stop.IsCancellationRequested)
        {
            _flatOut = null;
            _idle!.SetResult();
            return;
        }

        await FillAsync();
    }

    private async ValueTask FillAsync()
    {
        await _sending.WaitAsync();
        try
        {
            var now = _time.GetTimestamp();
            while (TryPublish(now))
            {
                // Until the window is full.
            }

            await FlushAsync();
        }
        finally
        {
            _sending.Release();
        }
    }

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
