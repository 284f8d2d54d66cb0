using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;
using static SmartCommunity.Benchmarks.Measuring.Figure;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>The tables of acknowledged publishes.</summary>
internal static class IngestReport
{
    /// <summary>The whole system: a row per figure of the endpoint, then of rules and stores.</summary>
    public static string Write(IngestOptions options, IReadOnlyList<ProfileResult> results)
    {
        var table = new MarkdownTable<ProfileResult>(results);
        WritePublishes(table, options, results);
        Silo("through the rules, messages/s (samples/s)", silo => $"{Whole(silo.ProcessedPerSecond)} ({Whole(silo.ProcessedPerSecond * silo.SamplesPerMessage)})");
        Silo("the same under full load", silo => $"{Whole(silo.ProcessedUnderLoad)} ({Whole(silo.ProcessedUnderLoad * silo.SamplesPerMessage)})");
        Silo("backlog when the load stopped, messages", silo => Whole(silo.BacklogAtEnd));
        Silo("time to clear it, durable in the stores, s (load pressed for)", silo => $"{Tenths(silo.TimeToClear.TotalSeconds)} ({Tenths(silo.LoadTime.TotalSeconds)})");
        Silo("CPU µs per message, rules and stores included", silo => Tenths(silo.CpuPerMessage));
        Silo("samples sent / acknowledged / in the store", silo =>
            $"{Whole(silo.Sent * silo.SamplesPerMessage)} / {Whole(silo.Acknowledged * silo.SamplesPerMessage)} / {Whole(silo.StoredSamples)}");
        Silo("nothing acknowledged was lost, nothing doubled", silo => silo.NothingLost ? "yes" : "**no**");
        return table.ToString();

        void Silo(string name, Func<SiloResult, string> cell) => table.Row(name, result => result.Silo is { } silo ? cell(silo) : None);
    }

    /// <summary>What any server can be asked.</summary>
    public static void WritePublishes(MarkdownTable<ProfileResult> table, IngestOptions options, IReadOnlyList<ProfileResult> results)
    {
        var payload = new TelemetryPayload(options.PayloadBytes, 0);
        table.Line($"{Machine.Describe()}; load generator on the same machine; telemetry of {payload.Length} bytes with {payload.Samples} samples, QoS 1,")
            .Line($"{options.Duration.TotalSeconds:N0} s per phase. SmartCommunity acknowledges after the flush to disk, mosquitto from memory.")
            .Head("connections × in flight", result => $"{result.Server}, {result.Profile}");
        table.Row("acknowledged publishes/s, median", result => Whole(result.Full.Median));
        table.Row("min – max of 1 s windows", result => $"{Whole(result.Full.Windows.Min())} – {Whole(result.Full.Windows.Max())}");
        table.Row("times mosquitto", result => Ratio(result, results));
        table.Row("ack p50 / p99 / p99.9 at full speed, ms", result => Delays(result.Full));
        table.Row("a third of it, publishes/s", result => Whole(result.Third.Median));
        table.Row("ack p50 / p99 / p99.9 at a third, ms", result => Delays(result.Third));
        table.Row("messages per fdatasync, full speed / a third", result => $"{Flushes(result.Full)} / {Flushes(result.Third)}");
        table.Row("CPU µs per message, full speed / a third", result => $"{Tenths(result.Full.CpuPerMessage)} / {Tenths(result.Third.CpuPerMessage)}");
        table.Row("peak RSS, MiB", result => Whole(result.PeakMebibytes));
    }

    private static string Ratio(ProfileResult result, IReadOnlyList<ProfileResult> results) =>
        results.FirstOrDefault(other => other.IsPeer && other.Profile == result.Profile) is { } peer && peer != result ? Hundredths(result.Full.Median / peer.Full.Median) : None;

    private static string Delays(LoadResult load) =>
        string.Join(" / ", new[] { 0.5, 0.99, 0.999 }.Select(share => Hundredths(load.Delays.Quantile(share).TotalMilliseconds)));

    private static string Flushes(LoadResult load) => load.After.MessagesPerFlushSince(load.Before) is { } count ? Whole(count) : None;
}
