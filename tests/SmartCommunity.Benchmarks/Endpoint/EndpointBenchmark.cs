using SmartCommunity.Benchmarks.Ingest;
using SmartCommunity.Benchmarks.Measuring;
using SmartCommunity.Benchmarks.Peers;
using static SmartCommunity.Benchmarks.Measuring.Figure;

namespace SmartCommunity.Benchmarks.Endpoint;

/// <summary>The gateway alone against mosquitto: QoS 1, QoS 0, fan-out, idle connections. Prints two tables.</summary>
internal static class EndpointBenchmark
{
    private const int UnacknowledgedConnections = 8;

    public static async Task RunAsync(EndpointOptions options, CancellationToken cancellationToken)
    {
        var publishing = new List<ProfileResult>();
        foreach (var profile in options.Publishing.Profiles)
        {
            publishing.AddRange(await WithEachAsync(options, server => OpenServerRun.RunAsync(server, options.Publishing, profile, cancellationToken), cancellationToken));
        }

        var others = await WithEachAsync(options, server => RunOthersAsync(server, options, cancellationToken), cancellationToken);
        var table = new MarkdownTable<ProfileResult>(publishing);
        IngestReport.WritePublishes(table, options.Publishing, publishing);
        Console.Out.Write(table);
        Console.Out.Write(Others(options, others));
    }

    // A fresh server for each, in a folder of its own.
    private static async Task<List<T>> WithEachAsync<T>(EndpointOptions options, Func<IOpenServer, Task<T>> run, CancellationToken cancellationToken)
    {
        var results = new List<T>();
        var folder = Directory.CreateTempSubdirectory("smartcommunity-bench-").FullName;
        try
        {
            if (options.Publishing.WithPeer && await Mosquitto.StartAsync(folder, cancellationToken) is { } broker)
            {
                await using (broker) results.Add(await run(broker));
            }

            await using var gateway = await GatewayProcess.StartAsync(folder, cancellationToken);
            results.Add(await run(gateway));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return results;
    }

    private static async Task<EndpointResult> RunOthersAsync(IOpenServer server, EndpointOptions options, CancellationToken cancellationToken)
    {
        var idle = options.Idle == 0 ? null : await IdleConnections.MeasureAsync(server, options.Idle, cancellationToken);
        var unacknowledged = await RunUnacknowledgedAsync(server, options.Publishing, cancellationToken);
        var fanOut = options.Subscribers == 0 ? null : await RunFanOutAsync(server, options, cancellationToken);
        return new(server.Name, unacknowledged, fanOut, idle);
    }

    private static async Task<Throughput> RunUnacknowledgedAsync(IOpenServer server, IngestOptions options, CancellationToken cancellationToken)
    {
        var loads = new List<UnacknowledgedLoad>();
        try
        {
            for (var i = 0; i < UnacknowledgedConnections; i++)
            {
                loads.Add(await UnacknowledgedLoad.ConnectAsync(server.Port, FormattableString.Invariant($"device-{i}"), options.PayloadBytes, cancellationToken));
            }

            return await Throughput.MeasureAsync(
                server, new ConsoleProbe($"{server.Name}, QoS 0", server.ReadAsync, () => server.ResidentMebibytes), () => loads.Sum(load => load.Taken),
                stop => Task.WhenAll(loads.Select(load => load.RunAsync(stop))), options.WarmUp, options.Duration, cancellationToken);
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }

    private static async Task<Throughput> RunFanOutAsync(IOpenServer server, EndpointOptions options, CancellationToken cancellationToken)
    {
        using var load = await FanOutLoad.ConnectAsync(server.Port, options.Subscribers, options.Publishing.PayloadBytes, cancellationToken);
        return await Throughput.MeasureAsync(
            server, new ConsoleProbe($"{server.Name}, 1 → {options.Subscribers}", server.ReadAsync, () => server.ResidentMebibytes), () => load.Delivered, load.RunAsync,
            options.Publishing.WarmUp, options.Publishing.Duration, cancellationToken);
    }

    private static string Others(EndpointOptions options, List<EndpointResult> results)
    {
        var table = new MarkdownTable<EndpointResult>(results).Head("", result => result.Server);
        table.Row($"QoS 0, {UnacknowledgedConnections} connections, messages/s", result => Whole(result.Unacknowledged.Median));
        table.Row("times mosquitto", result => Ratio(result, other => other.Unacknowledged.Median));
        table.Row("CPU µs per message", result => Hundredths(result.Unacknowledged.CpuPerMessage));
        if (options.Subscribers > 0)
        {
            table.Row($"QoS 0, 1 publisher to {options.Subscribers} subscribers, deliveries/s", result => Whole(result.FanOut!.Median));
            table.Row("times mosquitto", result => Ratio(result, other => other.FanOut!.Median));
            table.Row("CPU µs per delivery", result => Hundredths(result.FanOut!.CpuPerMessage));
        }

        if (options.Idle > 0) table.Row($"{Whole(options.Idle)} idle connections, bytes each", result => Whole(result.Idle!.BytesEach));
        return table.ToString();

        string Ratio(EndpointResult result, Func<EndpointResult, double> of) =>
            results[0] != result ? Hundredths(of(result) / of(results[0])) : None;
    }
}
