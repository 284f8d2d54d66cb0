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
/// One publisher, many subscribers of the same topic, QoS 0. The publisher keeps a few bursts under way and sends the next when all subscribers together have had as many
/// bytes as one more burst makes: nothing is dropped, and nobody waits for a timer.
/// </summary>
internal sealed class FanOutLoad : IDisposable
{
    private const int BurstMessages = 10;
    private const int OpenBursts = 2;
    private const string Topic = "sc/v1/device-0/telemetry";

    private readonly List<Socket> _subscribers = [];
    private readonly SemaphoreSlim _room = new(OpenBursts);
    private readonly ReadOnlyMemory<byte> _burst;
    private readonly int _messageBytes;
    private Socket? _publisher;
    private long _received;
    private long _releasedAt;

    private FanOutLoad(int payloadBytes)
    {
        var burst = new ArrayBufferWriter<byte>();
        var payload = new TelemetryPayload(payloadBytes, 1_700_000_000_000);
        for (var i = 0; i < BurstMessages; i++)
        {
            _messageBytes = PacketWriter.Write(burst, MqttVersion.V311, new OutgoingPublish { Topic = Encoding.UTF8.GetBytes(Topic), Payload = payload.Next() });
        }

        _burst = burst.WrittenMemory;
    }

    /// <summary>Messages that arrived at all subscribers together.</summary>
    public long Delivered => Interlocked.Read(ref _received) / _messageBytes;

    public static async Task<FanOutLoad> ConnectAsync(int port, int subscribers, int payloadBytes, CancellationToken cancellationToken)
    {
        var load = new FanOutLoad(payloadBytes);
        try
        {
            for (var i = 0; i < subscribers; i++)
            {
                var socket = await RawConnection.OpenAsync(port, FormattableString.Invariant($"subscriber-{i}"), IPAddress.Loopback, cancellationToken);
                load._subscribers.Add(socket);
                await RawConnection.SubscribeAsync(socket, Topic, cancellationToken);
            }

            load._publisher = await RawConnection.OpenAsync(port, "device-0", IPAddress.Loopback, cancellationToken);
            return load;
        }
        catch
        {
            load.Dispose();
            throw;
        }
    }

    /// <summary>Runs until it is cancelled or a connection fails.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var listening = Task.WhenAll(_subscribers.Select(subscriber => ListenAsync(subscriber, end)));
        try
        {
            while (true)
            {
                await _room.WaitAsync(end.Token);
                await RawConnection.SendAsync(_publisher!, _burst, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await listening;
        }
    }

    public void Dispose()
    {
        _subscribers.ForEach(socket => socket.Dispose());
        _publisher?.Dispose();
        _room.Dispose();
    }

    private async Task ListenAsync(Socket subscriber, CancellationTokenSource end)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await subscriber.ReceiveAsync(buffer, SocketFlags.None, end.Token) is var read and > 0)
            {
                Count(read);
            }

            await end.CancelAsync();
            throw new InvalidOperationException("The server closed a subscriber's connection.");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The load ends.
        }
    }

    private void Count(int bytes)
    {
        var received = Interlocked.Add(ref _received, bytes);
        var burst = (long)_burst.Length * _subscribers.Count;
        while (Interlocked.Read(ref _releasedAt) is var released && received - released >= burst)
        {
            if (Interlocked.CompareExchange(ref _releasedAt, released + burst, released) == released) _room.Release();
        }
    }
}
