using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Receiving;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Takes selected topics from one broker of a site: at least once from there, and acknowledged only when it is on disk here.</summary>
internal sealed class Bridge
{
    /// <summary>How long a stop waits for the last flush. Default 2 s: a flush takes milliseconds, and the broker keeps what is not acknowledged.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long it stays away while the journal takes nothing. Default 10 s: a disk is not mended sooner.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly BridgeOptions _options;
    private readonly GatewayReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly BridgeReport _report;
    private readonly RecentDeliveries _recent;

    public Bridge(BridgeOptions options, GatewayReceiver receiver, BridgeMetrics metrics, TimeProvider time, Random random, ILogger logger)
    {
        (_options, _receiver, _time, _random) = (options, receiver, time, random);
        State = new BridgeState(options, time);
        Tag = new KeyValuePair<string, object?>("bridge", options.Name);
        _report = new BridgeReport(options, State, metrics, time, logger);
        // Twice what can be unacknowledged: a broker of MQTT 3.1.1 is not told of the limit.
        _recent = new RecentDeliveries(2 * Math.Max(options.MaxUnacknowledged, 128));
    }

    public BridgeState State { get; }

    /// <summary>How the metrics name it.</summary>
    public KeyValuePair<string, object?> Tag { get; }

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            State.Become(BridgeCondition.Connecting);
            try
            {
                await ServeAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (IOException reason)
            {
                _report.Waits(reason);
            }
            catch (Exception reason)
            {
                _report.Failed(reason);
            }

            await Task.Delay(Pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        State.Become(BridgeCondition.Stopped);
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        var connector = new BridgeClient(_options, _report, _time);
        await using var client = connector.Start(_random);
        var intake = new BridgeIntake(_options, _receiver, _recent, _report, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        var subscribing = connector.SubscribeAsync(client, end.Token);
        var taking = intake.TakeAsync(client.Messages, State.Owe, end.Token);
        var acknowledging = intake.AcknowledgeAsync(client.Acknowledge, giveUp.Token);
        try
        {
            // Subscribing ends when it is done; the others end by a failure or a stop only.
            await await Task.WhenAny(subscribing, taking, acknowledging);
            await await Task.WhenAny(taking, acknowledging);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(subscribing, taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            giveUp.CancelAfter(StopTimeout);
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            State.Forgive();
        }
    }
}
