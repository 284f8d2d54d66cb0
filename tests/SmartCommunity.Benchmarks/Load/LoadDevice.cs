using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>One device on one connection: publishes as fast as its window lets it, or what is due.</summary>
internal sealed class LoadDevice : IPublishOutcome, IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly TopicName _topic;
    private readonly TelemetryPayload _payload;
    private readonly TimeProvider _time;

    // When the messages in flight were due. PUBACKs come in the order of their messages [MQTT-4.6.0-2], so a ring as long as the window is enough.
    private readonly long[] _due;
    private long _sent;
    private long _acknowledged;
    private long _failed;
    private LatencyHistogram _delays = new();

    private LoadDevice(MqttClient client, LoadTarget target, string device, TelemetryPayload payload, TimeProvider time)
    {
        (_client, _payload, _time) = (client, payload, time);
        _topic = TopicName.Create($"sc/v1/{device}/telemetry");
        _due = new long[target.InFlight + 1];
    }

    /// <summary>Messages given to the connection.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that the server acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Messages that the server refused, or that were lost with the connection.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public static async Task<LoadDevice> ConnectAsync(LoadTarget target, LoadCredential device, TelemetryPayload payload, CancellationToken cancellationToken)
    {
        var client = await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = target.Port,
                ClientId = device.Id,
                UserName = device.Id,
                Password = device.Token,
                MaxInFlight = target.InFlight,
                KeepAlive = TimeSpan.Zero,
            },
            cancellationToken);
        return new(client, target, device.Id, payload, target.Time);
    }

    /// <summary>Publishes as fast as the window lets it.</summary>
    public async Task RunFlatOutAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!TryPublish(_time.GetTimestamp()))
            {
                await _client.WaitForRoomAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Publishes one message; false when the window is full. Its delay counts from when it was due, whenever it could be sent.</summary>
    public bool TryPublish(long due)
    {
        // Written before the message can be acknowledged; the place is free, for no more than the window is in flight.
        _due[_sent % _due.Length] = due;
        if (!_client.TryPublish(_topic, _payload.Next(), this))
        {
            return false;
        }

        Volatile.Write(ref _sent, _sent + 1);
        return true;
    }

    /// <summary>Takes the delays that were counted so far, and begins anew.</summary>
    public LatencyHistogram TakeDelays() => Interlocked.Exchange(ref _delays, new());

    void IPublishOutcome.Acknowledged(long sentAt, ReasonCode reason)
    {
        var acknowledged = _acknowledged;
        Volatile.Read(ref _delays).Add(_time.GetElapsedTime(_due[acknowledged % _due.Length]));
        if (reason.IsError())
        {
            Interlocked.Increment(ref _failed);
        }

        Volatile.Write(ref _acknowledged, acknowledged + 1);
    }

    void IPublishOutcome.Lost(Exception cause) => Interlocked.Increment(ref _failed);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
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
