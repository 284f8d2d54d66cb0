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
        return broker is null ? null : await OpenServerRun.RunAsync(broker, options, profile, cancellationToken);
    }
}
