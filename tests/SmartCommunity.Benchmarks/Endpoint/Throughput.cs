using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;
using SmartCommunity.Benchmarks.Peers;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>How many messages passed.</summary>
/// <param name="Windows">Per second, in each window of a second.</param>
/// <param name="CpuPerMessage">The server's processor time per message, in µs.</param>
internal sealed record Throughput(IReadOnlyList<double> Windows, double CpuPerMessage)
{
    /// <summary>The median of the windows.</summary>
    public double Median => Windows.Order().ElementAt(Windows.Count / 2);

    /// <summary>Counts what a load brings about, after its warm-up.</summary>
    public static async Task<Throughput> MeasureAsync(
        IOpenServer server, IProgressProbe probe, Func<long> count, Func<CancellationToken, Task> run, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Task.Run(() => run(stop.Token), CancellationToken.None);
        var windows = new List<double>();
        try
        {
            await WaitAsync(warmUp);
            var (cpu, first, startedAt) = ((await server.ReadAsync(cancellationToken)).Cpu, count(), time.GetTimestamp());
            var (last, lastAt) = (first, startedAt);
            while (time.GetElapsedTime(startedAt) < duration)
            {
                await WaitAsync(TimeSpan.FromSeconds(1));
                var (now, at) = (count(), time.GetTimestamp());
                windows.Add((now - last) / time.GetElapsedTime(lastAt, at).TotalSeconds);
                (last, lastAt) = (now, at);
                probe.Tell(windows[^1]);
            }

            cpu = (await server.ReadAsync(cancellationToken)).Cpu - cpu;
            return new(windows, cpu.TotalMicroseconds / Math.Max(1, last - first));
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }

        // A load that fails is told at once, not when its time is over.
        async Task WaitAsync(TimeSpan interval)
        {
            var delay = Task.Delay(interval, time, cancellationToken);
            if (await Task.WhenAny(delay, load) == load) await load;
            await delay;
        }
    }
}
