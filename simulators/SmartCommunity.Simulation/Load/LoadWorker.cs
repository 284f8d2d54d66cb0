using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Simulation.Payloads;

namespace SmartCommunity.Simulation.Load;

/// <summary>One connection of a load: sends at its share of the rate and counts. It comes back when the connection breaks.</summary>
internal sealed class LoadWorker(LoadOptions options, LoadAccount account, int number, byte[][] payloads, TimeProvider time) : IPublishOutcome
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private readonly double _rate = options.Rate / options.Connections;
    private readonly TopicName _topic = TopicName.Create($"sc/v1/{account.Device}/{DeviceTopics.SuffixOf(DeviceChannel.Telemetry)}");
    private long _sent;
    private long _acknowledged;
    private long _refused;
    private long _lost;
    private long _failures;
    private long _lastAcknowledged;
    private MqttClient? _prepared;

    public long Sent => Volatile.Read(ref _sent);

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public long Errors => Volatile.Read(ref _refused) + Volatile.Read(ref _lost) + Volatile.Read(ref _failures);

    public LatencyHistogram Delays { get; } = new();

    /// <summary>A time stamp: when the last PUBACK came; 0 when none has.</summary>
    public long LastAcknowledged => Volatile.Read(ref _lastAcknowledged);

    private bool IsDrained => Sent == Acknowledged + Volatile.Read(ref _refused) + Volatile.Read(ref _lost);

    /// <summary>Why the last connection failed; null when none did.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Connects, so that the load does not begin with half of its connections.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            _prepared = await MqttClient.ConnectAsync(ClientOptions(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttClientException or MqttProtocolException)
        {
            Fail(exception);
        }
    }

    /// <summary>Sends until the end, then waits for the last PUBACKs.</summary>
    /// <param name="start">A time stamp: when the load begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(long start, CancellationToken cancellationToken)
    {
        if (_prepared is null) await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(false);
        while (time.GetElapsedTime(start) < options.Duration)
        {
            try
            {
                var prepared = Interlocked.Exchange(ref _prepared, null);
                var client = prepared ?? await MqttClient.ConnectAsync(ClientOptions(), cancellationToken).ConfigureAwait(false);
                await using var _ = client.ConfigureAwait(false);
                await SendAsync(client, start, cancellationToken).ConfigureAwait(false);
                await DrainAsync(client, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MqttClientException or MqttProtocolException or TimeoutException)
            {
                Fail(exception);
                await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    void IPublishOutcome.Acknowledged(long sentAt, ReasonCode reason)
    {
        if (reason.IsError())
        {
            Volatile.Write(ref _refused, _refused + 1);
            return;
        }

        var now = time.GetTimestamp();
        Delays.Record(time.GetElapsedTime(sentAt, now).Ticks / TimeSpan.TicksPerMicrosecond);
        Volatile.Write(ref _lastAcknowledged, now);
        Volatile.Write(ref _acknowledged, _acknowledged + 1);
    }

    void IPublishOutcome.Lost(Exception cause) => Interlocked.Increment(ref _lost);

    private void Fail(Exception exception)
    {
        LastFailure = exception.Message;
        Interlocked.Increment(ref _failures);
    }

    private async Task SendAsync(MqttClient client, long start, CancellationToken cancellationToken)
    {
        // What could not be sent while there was no connection is not caught up with.
        var sentBefore = _sent;
        var connectedAt = time.GetElapsedTime(start);
        while (true)
        {
            var elapsed = time.GetElapsedTime(start);
            if (elapsed >= options.Duration) return;
            var due = _rate > 0 ? sentBefore + (long)((elapsed - connectedAt).TotalSeconds * _rate) : long.MaxValue;
            var full = !SendDue(client, due);
            var next = full
                ? client.WaitForRoomAsync(cancellationToken).WaitAsync(options.Duration - elapsed + options.Drain, time, cancellationToken)
                : Task.Delay(Pause, time, cancellationToken);
            await next.ConfigureAwait(false);
        }
    }

    // False when the window is full before everything that is due has been sent.
    private bool SendDue(MqttClient client, long due)
    {
        while (_sent < due)
        {
            if (!client.TryPublish(_topic, payloads[_sent % payloads.Length], this)) return false;
            Volatile.Write(ref _sent, _sent + 1);
        }

        return true;
    }

    private async Task DrainAsync(MqttClient client, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!IsDrained && !client.Completion.IsCompleted && time.GetElapsedTime(started) < options.Drain)
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
    }

    private MqttClientOptions ClientOptions() => new()
    {
        Host = options.Host,
        Port = options.Port,
        ClientId = $"{account.Device}-load-{number}",
        UserName = account.Device,
        Password = account.Token,
        MaxInFlight = options.InFlight,
        Time = time,
    };
}
