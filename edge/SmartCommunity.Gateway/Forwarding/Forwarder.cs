using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Journaling;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>Brings everything in the journal to the silo side, in order, again and again until it is durable there.</summary>
public sealed class Forwarder(
    GatewayJournal journal, IIngestTarget target, GatewayOptions options, TimeProvider time, ForwarderStatus status, GatewayMetrics metrics,
    ILogger<Forwarder> logger)
    : BackgroundService
{
    private readonly Random _random = new(options.Forwarder.JitterSeed ?? Seed(options.Id.Value));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => ForwardAsync(stoppingToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, options.Forwarder.Scheduler).Unwrap();

    private async Task ForwardAsync(CancellationToken stoppingToken)
    {
        using var giveUp = new CancellationTokenSource();
        var retry = new RetryDelay(options.Forwarder, _random);
        do
        {
            using var loop = new ForwardingLoop(journal, target, options, time, status, metrics, _random, logger, giveUp.Token);
            try
            {
                await RunAsync(loop, giveUp, stoppingToken);
                return;
            }
            catch (Exception reason)
            {
                // The journal can not be read, or the watermark not be written. Nothing is skipped: the next round starts from the watermark.
                status.LastProblem = reason.Message;
                logger.ForwardingFailed(reason);
            }

            await WaitAsync(retry.Next(), stoppingToken);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private async Task RunAsync(ForwardingLoop loop, CancellationTokenSource giveUp, CancellationToken stoppingToken)
    {
        try
        {
            await loop.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left is sent below.
        }

        using var deadline = new CancellationTokenSource(options.Forwarder.DrainTimeout, time);
        try
        {
            await loop.DrainAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            await giveUp.CancelAsync();
        }

        logger.Stopped(status.BacklogRecords);
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(delay, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    // The same for the same gateway on every start, unlike string.GetHashCode.
    private static int Seed(string gateway) => gateway.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
