using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Load;

/// <summary>Presses a running system with QoS 1 telemetry and measures how fast it acknowledges.</summary>
/// <param name="options">How hard; checked when it runs.</param>
/// <param name="time">The source of time.</param>
public sealed class LoadGenerator(LoadOptions options, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Runs the load.</summary>
    /// <param name="eachSecond">Gets the figures of each second.</param>
    /// <param name="cancellationToken">Ends it early; the figures until then are returned.</param>
    /// <returns>The figures of the whole run, and why the last failed connection failed, or null.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public async Task<(LoadFigures Total, string? LastFailure)> RunAsync(Action<LoadFigures>? eachSecond, CancellationToken cancellationToken)
    {
        options.Check();
        var workers = Enumerable.Range(0, options.Connections).Select(NewWorker).ToList();
        await Task.WhenAll(workers.Select(worker => worker.PrepareAsync(cancellationToken))).ConfigureAwait(false);
        var start = time.GetTimestamp();
        var all = Task.WhenAll(workers.Select(worker => worker.RunAsync(start, cancellationToken)));
        await WatchAsync(workers, start, all, eachSecond).ConfigureAwait(false);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (all.IsFaulted) await all.ConfigureAwait(false);

        // Neither the goodbyes nor a fruitless wait for the last PUBACKs are part of the load.
        var end = workers.Max(worker => worker.LastAcknowledged);
        var total = LoadFigures.Of(LoadCount.Of(workers), new LoadCount(), end == 0 ? time.GetElapsedTime(start) : time.GetElapsedTime(start, end));
        return (total, workers.Select(worker => worker.LastFailure).FirstOrDefault(failure => failure is not null));
    }

    private LoadWorker NewWorker(int number)
    {
        var payloads = LoadPayloads.Make(options.PayloadBytes, new SeededRandom((ulong)number));
        return new LoadWorker(options, options.Accounts[number % options.Accounts.Count], number, payloads, time);
    }

    private async Task WatchAsync(List<LoadWorker> workers, long start, Task all, Action<LoadFigures>? eachSecond)
    {
        var before = new LoadCount();
        var last = start;
        using var timer = new PeriodicTimer(Second, time);
        while (await Task.WhenAny(all, timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != all)
        {
            var count = LoadCount.Of(workers);
            var now = time.GetTimestamp();
            eachSecond?.Invoke(LoadFigures.Of(count, before, time.GetElapsedTime(last, now)));
            (before, last) = (count, now);
        }
    }
}
