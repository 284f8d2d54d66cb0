using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>All connections of one load.</summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    // Shorter rounds find the same messages due more often and cost the generator what it is to measure; a message waits half of it on average.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);
    private readonly List<LoadDevice> _devices = [];
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

            return generator;
        }
        catch
        {
            await generator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every connection publishes as fast as its window lets it.</summary>
    public async Task<LoadResult> RunFlatOutAsync(IProgressProbe probe, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pumps = _devices.ConvertAll(device => Task.Run(() => device.RunFlatOutAsync(stop.Token), CancellationToken.None));
        return await MeasureAsync(probe, warmUp, duration, Task.WhenAll(pumps), stop, cancellationToken);
    }

    /// <summary>Messages are due at a steady rate, whether or not the server keeps up; delays count from when they were due.</summary>
    public async Task<LoadResult> RunAtRateAsync(
        IProgressProbe probe, double messagesPerSecond, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pacer = Task.Run(() => PaceAsync(messagesPerSecond, stop.Token), CancellationToken.None);
        return await MeasureAsync(probe, warmUp, duration, pacer, stop, cancellationToken);
    }

    /// <summary>Waits until nothing is in flight.</summary>
    /// <exception cref="TimeoutException">The server owes acknowledgements.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (Acknowledged < Sent)
        {
            await Task.WhenAll(_devices.Where(device => device.Listening.IsCompleted).Select(device => device.Listening));
            if (_time.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"{Sent - Acknowledged} messages were not acknowledged within 30 s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_devices.Select(device => device.DisposeAsync().AsTask()));

    private async Task<LoadResult> MeasureAsync(
        IProgressProbe probe, TimeSpan warmUp, TimeSpan duration, Task load, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var windows = new List<double>();
        try
        {
            await DelayAsync(warmUp, load, cancellationToken);
            _devices.ForEach(device => device.TakeDelays());
            var before = await probe.ReadAsync(cancellationToken);
            var (first, startedAt) = (Acknowledged, _time.GetTimestamp());
            var (last, lastAt) = (first, startedAt);
            while (_time.GetElapsedTime(startedAt) < duration)
            {
                await DelayAsync(TimeSpan.FromSeconds(1), load, cancellationToken);
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
            await stop.CancelAsync();
            await load;
        }
    }

    private async Task DelayAsync(TimeSpan time, Task load, CancellationToken cancellationToken)
    {
        var delay = Task.Delay(time, _time, cancellationToken);
        if (await Task.WhenAny(delay, load) == load)
        {
            await load;
            throw new InvalidOperationException("The load ended early.");
        }

        await delay;
    }

    private async Task PaceAsync(double messagesPerSecond, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        var ticksPerMessage = _time.TimestampFrequency / messagesPerSecond;
        var next = new long[_devices.Count];
        using var timer = new PeriodicTimer(Round, _time);
        while (!stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var now = _time.GetTimestamp();
            for (var i = 0; i < _devices.Count; i++)
            {
                // The devices take turns: message n of device i is the (n × devices + i)th of all.
                var due = started + (long)(((next[i] * _devices.Count) + i) * ticksPerMessage);
                while (due <= now && _devices[i].TryPublish(due))
                {
                    next[i]++;
                    due = started + (long)(((next[i] * _devices.Count) + i) * ticksPerMessage);
                }

                await _devices[i].FlushAsync();
            }
        }
    }
}
