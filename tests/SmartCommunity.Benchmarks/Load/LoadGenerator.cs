using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>All connections of one load.</summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private readonly List<LoadDevice> _devices = [];
    private readonly List<LoadWorker> _workers = [];
    private readonly TimeProvider _time;

    private LoadGenerator(TimeProvider time) => _time = time;

    public long Sent => _devices.Sum(device => device.Sent);

    public long Acknowledged => _devices.Sum(device => device.Acknowledged);

    public static async Task<LoadGenerator> ConnectAsync(LoadTarget target, long firstTime, CancellationToken cancellationToken)
    {
        var generator = new LoadGenerator(target.Time);
        try
        {
            foreach (var device in target.Devices)
            {
                generator._devices.Add(await LoadDevice.ConnectAsync(target, device, new(target.PayloadBytes, firstTime), cancellationToken));
            }

            var workers = Math.Min(Environment.ProcessorCount, generator._devices.Count);
            for (var i = 0; i < workers; i++)
            {
                generator._workers.Add(new([.. generator._devices.Where((_, at) => at % workers == i)], target.Time));
            }

            return generator;
        }
        catch
        {
            await generator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every connection publishes as fast as its window lets it.</summary>
    public Task<LoadResult> RunFlatOutAsync(IProgressProbe probe, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken) =>
        MeasureAsync(FlatOut.Instance, probe, warmUp, duration, cancellationToken);

    /// <summary>Messages are due at a steady rate, whether or not the server keeps up; delays count from when they were due.</summary>
    public Task<LoadResult> RunAtRateAsync(
        IProgressProbe probe, double messagesPerSecond, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken) =>
        MeasureAsync(new SteadyRate(_devices, messagesPerSecond, _time), probe, warmUp, duration, cancellationToken);

    /// <summary>Waits until nothing is in flight.</summary>
    /// <exception cref="TimeoutException">The server owes acknowledgements.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (Acknowledged < Sent)
        {
            if (_time.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"{Sent - Acknowledged} messages were not acknowledged within 30 s.");
            }

            await DelayAsync(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() => _workers.ForEach(worker => worker.Dispose()));
        _devices.ForEach(device => device.Dispose());
    }

    private async Task<LoadResult> MeasureAsync(IPace pace, IProgressProbe probe, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        var windows = new List<double>();
        try
        {
            _workers.ForEach(worker => worker.Begin(pace));
            await DelayAsync(warmUp, cancellationToken);
            _devices.ForEach(device => device.TakeDelays());
            var before = await probe.ReadAsync(cancellationToken);
            var (first, startedAt) = (Acknowledged, _time.GetTimestamp());
            var (last, lastAt) = (first, startedAt);
            while (_time.GetElapsedTime(startedAt) < duration)
            {
                await DelayAsync(TimeSpan.FromSeconds(1), cancellationToken);
                var (now, at) = (Acknowledged, _time.GetTimestamp());
                windows.Add((now - last) / _time.GetElapsedTime(lastAt, at).TotalSeconds);
                (last, lastAt) = (now, at);
                probe.Tell(windows[^1]);
            }

            var delays = new LatencyHistogram();
            _devices.ForEach(device => delays.Add(device.TakeDelays()));
            var after = await probe.ReadAsync(cancellationToken);
            return new(windows, delays, last - first, _time.GetElapsedTime(startedAt, lastAt), before, after);
        }
        finally
        {
            _workers.ForEach(worker => worker.Begin(Silence.Instance));
        }
    }

    // A load that fails is told at once, not when its time is over.
    private async Task DelayAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var delay = Task.Delay(time, _time, cancellationToken);
        var ended = await Task.WhenAny([delay, .. _workers.Select(worker => worker.Ended)]);
        await ended;
        await delay;
    }
}
