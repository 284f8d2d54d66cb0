using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Peers;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>One profile against a server that only takes messages: full speed, then a third of it.</summary>
internal static class OpenServerRun
{
    public static async Task<ProfileResult> RunAsync(IOpenServer server, IngestOptions options, LoadProfile profile, CancellationToken cancellationToken)
    {
        var devices = Enumerable.Range(0, profile.Connections).Select(i => new LoadCredential(FormattableString.Invariant($"device-{i}"), null)).ToList();
        var target = new LoadTarget(server.Name, server.Port, profile.InFlight, devices, options.PayloadBytes, TimeProvider.System);
        await using var load = await LoadGenerator.ConnectAsync(target, firstTime: 1_700_000_000_000, cancellationToken);
        var probe = new ConsoleProbe($"{server.Name}, {profile}", server.ReadAsync, () => server.ResidentMebibytes);
        var full = await load.RunFlatOutAsync(probe, options.WarmUp, options.Duration, cancellationToken);
        await load.SettleAsync(cancellationToken);
        var third = await load.RunAtRateAsync(probe, full.Median / 3, options.WarmUp, options.Duration, cancellationToken);
        await load.SettleAsync(cancellationToken);
        return new(server.Name, profile, full, third, server.PeakMebibytes, Silo: null);
    }
}
