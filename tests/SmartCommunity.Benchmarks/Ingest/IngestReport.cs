using System.Globalization;
using System.Text;
using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>The table as Markdown: a column per server and profile, a row per figure.</summary>
internal static class IngestReport
{
    public static string Write(IngestOptions options, IReadOnlyList<ProfileResult> results)
    {
        var payload = new TelemetryPayload(options.PayloadBytes, 0);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Describe()}; load generator on the same machine; telemetry of {payload.Length} bytes with {payload.Samples} samples, QoS 1,")
            .AppendLine(CultureInfo.InvariantCulture, $"{options.Duration.TotalSeconds:N0} s per phase. smartcommunity acknowledges after the flush to disk, mosquitto from memory.")
            .AppendLine()
            .AppendLine($"| connections × in flight | {string.Join(" | ", results.Select(result => $"{result.Server}, {result.Profile}"))} |")
            .AppendLine($"|---|{string.Concat(results.Select(_ => "---:|"))}");
        Row("acknowledged publishes/s, median", result => N(result.Full.Median));
        Row("min – max of 1 s windows", result => $"{N(result.Full.Windows.Min())} – {N(result.Full.Windows.Max())}");
        Row("times mosquitto", result => Ratio(result, results));
        Row("ack p50 / p99 / p99.9 at full speed, ms", result => Delays(result.Full));
        Row("a third of it, publishes/s", result => N(result.Third.Median));
        Row("ack p50 / p99 / p99.9 at a third, ms", result => Delays(result.Third));
        Row("messages per fdatasync, full speed / a third", result => $"{Flushes(result.Full)} / {Flushes(result.Third)}");
        Row("CPU µs per message, full speed / a third", result => $"{D(result.Full.CpuPerMessage)} / {D(result.Third.CpuPerMessage)}");
        Row("peak RSS, MiB", result => N(result.PeakMebibytes));
        Silo("through the rules, messages/s (samples/s)", silo => $"{N(silo.ProcessedPerSecond)} ({N(silo.ProcessedPerSecond * silo.SamplesPerMessage)})");
        Silo("the same under full load", silo => $"{N(silo.ProcessedUnderLoad)} ({N(silo.ProcessedUnderLoad * silo.SamplesPerMessage)})");
        Silo("backlog when the load stopped, messages", silo => N(silo.BacklogAtEnd));
        Silo("time to clear it, durable in the stores, s (load pressed for)", silo => $"{D(silo.TimeToClear.TotalSeconds)} ({D(silo.LoadTime.TotalSeconds)})");
        Silo("CPU µs per message, rules and stores included", silo => D(silo.CpuPerMessage));
        Silo("samples sent / acknowledged / in the store", silo =>
            $"{N(silo.Sent * silo.SamplesPerMessage)} / {N(silo.Acknowledged * silo.SamplesPerMessage)} / {N(silo.StoredSamples)}");
        Silo("nothing acknowledged was lost, nothing doubled", silo => silo.NothingLost ? "yes" : "**no**");
        return text.ToString();

        void Row(string name, Func<ProfileResult, string> cell) =>
            text.AppendLine($"| {name} | {string.Join(" | ", results.Select(result => cell(result)))} |");

        void Silo(string name, Func<SiloResult, string> cell) => Row(name, result => result.Silo is { } silo ? cell(silo) : "–");
    }

    private static string N(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string D(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    private static string Ratio(ProfileResult result, IReadOnlyList<ProfileResult> results) =>
        results.FirstOrDefault(other => other.Silo is null && other.Profile == result.Profile) is { } peer && peer != result
            ? (result.Full.Median / peer.Full.Median).ToString("N2", CultureInfo.InvariantCulture)
            : "–";

    private static string Delays(LoadResult load) => string.Join(
        " / ", new[] { 0.5, 0.99, 0.999 }.Select(share => load.Delays.Quantile(share).TotalMilliseconds.ToString("N2", CultureInfo.InvariantCulture)));

    private static string Flushes(LoadResult load) => load.After.MessagesPerFlushSince(load.Before) is { } count ? N(count) : "–";
}
