using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;
using SmartCommunity.Benchmarks.Peers;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>Runs every profile against mosquitto and the host, one after the other, and prints one table.</summary>
internal static class IngestBenchmark
{
    /// <returns>Whether everything acknowledged was found in the store.</returns>
    public static async Task<bool> RunAsync(IngestOptions options, CancellationToken cancellationToken)
    {
        var results = new List<ProfileResult>();
        foreach (var profile in options.Profiles)
        {
            var folder = Directory.CreateTempSubdirectory("smartcommunity-bench-").FullName;
            try
            {
                if (options.WithPeer && await RunPeerAsync(options, profile, folder, cancellationToken) is { } peer)
                {
                    results.Add(peer);
                }

                results.Add(await new HostRun(options, profile, Path.Combine(folder, "data")).RunAsync(cancellationToken));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Console.Out.Write(IngestReport.Write(options, results));
        return results.TrueForAll(result => result.Silo?.NothingLost != false);
    }

    private static async Task<ProfileResult?> RunPeerAsync(IngestOptions options, LoadProfile profile, string folder, CancellationToken cancellationToken)
    {
        await using var broker = await Mosquitto.StartAsync(folder, cancellationToken);
        if (broker is null)
        {
            await Console.Error.WriteLineAsync("mosquitto is not installed; it is left out.");
            return null;
        }

        var devices = Enumerable.Range(0, profile.Connections).Select(i => new LoadCredential(FormattableString.Invariant($"device-{i}"), null)).ToList();
        var target = new LoadTarget("mosquitto", broker.Port, profile.InFlight, devices, options.PayloadBytes, TimeProvider.System);
        await using var load = await LoadGenerator.ConnectAsync(target, firstTime: 1_700_000_000_000, cancellationToken);
        var probe = new ConsoleProbe($"mosquitto, {profile}", _ => Task.FromResult(broker.Read()));
        var full = await load.RunFlatOutAsync(probe, options.WarmUp, options.Duration, cancellationToken);
        await load.SettleAsync(cancellationToken);
        var third = await load.RunAtRateAsync(probe, full.Median / 3, options.WarmUp, options.Duration, cancellationToken);
        await load.SettleAsync(cancellationToken);
        return new(broker.Version, profile, full, third, broker.PeakMebibytes, Silo: null);
    }
}
