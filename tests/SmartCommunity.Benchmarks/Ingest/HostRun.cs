using System.Globalization;
using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;
using SmartCommunity.Benchmarks.Peers;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>One profile against the host: full speed, clear the backlog, a third of it, clear, stop, count.</summary>
internal sealed class HostRun(IngestOptions options, LoadProfile profile, string data)
{
    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<ProfileResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = await HostUnderTest.StartAsync(data, cancellationToken);
        var devices = host.PickDevices(profile.Connections);
        var target = new LoadTarget("host", host.MqttPort, profile.InFlight, devices, options.PayloadBytes, _time);

        // Each message is a millisecond later than the one before it on its connection; from yesterday on, none lies in the future.
        var firstTime = _time.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        var load = await LoadGenerator.ConnectAsync(target, firstTime, cancellationToken);
        await using (load)
        {
            var probe = new ConsoleProbe($"smartcommunity, {profile}", host.ReadAsync, () => host.ResidentMebibytes);
            var start = await host.ReadAsync(cancellationToken);
            var startedAt = _time.GetTimestamp();
            var full = await load.RunFlatOutAsync(probe, options.WarmUp, options.Duration, cancellationToken);
            await load.SettleAsync(cancellationToken);
            var (loadTime, stoppedAt) = (_time.GetElapsedTime(startedAt), _time.GetTimestamp());
            var backlog = (await host.ReadMetricsAsync(cancellationToken)).Backlog;
            var processedIn = loadTime + await ClearAsync(host, metrics => metrics.Backlog, cancellationToken);
            await ClearAsync(host, metrics => metrics.NotDurable, cancellationToken);
            var timeToClear = _time.GetElapsedTime(stoppedAt);
            var sentFlatOut = load.Sent;
            var cpu = (await host.ReadAsync(cancellationToken)).Cpu - start.Cpu;

            var third = await load.RunAtRateAsync(probe, full.Median / 3, options.WarmUp, options.Duration, cancellationToken);
            await load.SettleAsync(cancellationToken);
            await ClearAsync(host, metrics => metrics.NotDurable, cancellationToken);

            var peak = host.PeakMebibytes;
            await host.StopAsync();
            var payload = new TelemetryPayload(options.PayloadBytes, firstTime);
            var stored = await HostUnderTest.CountSamplesAsync(data, devices, payload.Names, cancellationToken);
            var silo = new SiloResult(
                payload.Samples, sentFlatOut / processedIn.TotalSeconds, UnderLoad(full), backlog, timeToClear, loadTime,
                cpu.TotalMicroseconds / Math.Max(1, sentFlatOut), load.Sent, load.Acknowledged, stored);
            return new("smartcommunity", profile, full, third, peak, silo);
        }
    }

    private static double UnderLoad(LoadResult full) =>
        (full.After.Metrics!.Processed - full.Before.Metrics!.Processed) / full.Elapsed.TotalSeconds;

    private async Task<TimeSpan> ClearAsync(HostUnderTest host, Func<HostMetrics, double> left, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        var toldAt = startedAt;
        while (left(await host.ReadMetricsAsync(cancellationToken)) is var records and > 0)
        {
            if (_time.GetElapsedTime(startedAt) > options.Patience)
            {
                throw new TimeoutException($"{records:N0} messages were still waiting after {options.Patience}.");
            }

            if (_time.GetElapsedTime(toldAt) > TimeSpan.FromSeconds(1))
            {
                toldAt = _time.GetTimestamp();
                await Console.Error.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"smartcommunity, {profile}: {records:N0} messages wait, {host.ResidentMebibytes:N0} MiB"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellationToken);
        }

        return _time.GetElapsedTime(startedAt);
    }
}
