using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Metrics;

public sealed partial class PrometheusTests : IDisposable
{
    private readonly Meter _meter = new("SmartCommunity.Api.Tests");
    private readonly Meter _foreign = new("Somebody.Else");

    public void Dispose()
    {
        _meter.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public async Task Metrics_are_text_that_prometheus_reads()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await client.GetJsonAsync("/api/v1/me");
        var response = await client.GetAsync("/metrics");
        server.Errors.ShouldBeEmpty();
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await response.Content.ReadAsStringAsync();
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => Line().IsMatch(line));
        text.ShouldContain("# TYPE http_server_request_duration_seconds histogram");
        text.ShouldContain("kestrel_active_connections");
        text.ShouldContain("dotnet_process_memory_working_set_bytes");
        text.ShouldContain("""http_route="/api/v1/me""");
        Repeated(text).ShouldBeEmpty();
    }

    [Fact]
    public void Counters_add_and_gauges_keep_the_last()
    {
        var counter = _meter.CreateCounter<long>("sc.test.things", "{thing}", "Things \\ counted.\nTwice.");
        var gauge = _meter.CreateGauge<double>("sc.test.depth", "By");
        var queue = _meter.CreateUpDownCounter<int>("sc.test.queue");
        var text = Collect(() =>
        {
            counter.Add(2, new KeyValuePair<string, object?>("b", "2"), new KeyValuePair<string, object?>("a", "x\"\\\n"));
            counter.Add(3, new KeyValuePair<string, object?>("a", "x\"\\\n"), new KeyValuePair<string, object?>("b", 2));
            gauge.Record(1);
            gauge.Record(2.5);
            queue.Add(5);
            queue.Add(-2);
        });
        text.ShouldContain("# HELP sc_test_things_total Things \\\\ counted.\\nTwice.\n# TYPE sc_test_things_total counter\n");
        text.ShouldContain("sc_test_things_total{a=\"x\\\"\\\\\\n\",b=\"2\"} 5\n");
        text.ShouldContain("# TYPE sc_test_depth_bytes gauge\nsc_test_depth_bytes 2.5\n");
        text.ShouldContain("sc_test_queue 3\n");
    }

    [Fact]
    public void Histograms_count_into_cumulative_buckets()
    {
        var advised = _meter.CreateHistogram("sc.test.delay", "ms", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10, 100] });
        var text = Collect(() =>
        {
            foreach (var value in new[] { 0.5, 1, 1.5, 10, 99, 101, 5000 })
            {
                advised.Record(value, new KeyValuePair<string, object?>("kind", "x"));
            }
        });
        text.ShouldContain("sc_test_delay_milliseconds_bucket{kind=\"x\",le=\"1\"} 2\n");
        text.ShouldContain("sc_test_delay_milliseconds_bucket{kind=\"x\",le=\"10\"} 4\n");
        text.ShouldContain("sc_test_delay_milliseconds_bucket{kind=\"x\",le=\"100\"} 5\n");
        text.ShouldContain("sc_test_delay_milliseconds_bucket{kind=\"x\",le=\"+Inf\"} 7\n");
        text.ShouldContain("sc_test_delay_milliseconds_sum{kind=\"x\"} 5213\n");
        text.ShouldContain("sc_test_delay_milliseconds_count{kind=\"x\"} 7\n");
    }

    [Fact]
    public void Observed_values_are_asked_for_each_time_and_gone_when_they_are_gone()
    {
        List<Measurement<long>> said = [new(7, new KeyValuePair<string, object?>("queue", "a")), new(8, new KeyValuePair<string, object?>("queue", "b"))];
        _meter.CreateObservableCounter("sc.test.seen", () => said);
        using var collector = new MetricCollector(new NoFactory(), new());
        Text(collector).ShouldContain("sc_test_seen_total{queue=\"a\"} 7\nsc_test_seen_total{queue=\"b\"} 8\n");
        said.RemoveAt(0);
        var second = Text(collector);
        second.ShouldNotContain("queue=\"a\"");
        second.ShouldContain("sc_test_seen_total{queue=\"b\"} 8\n");
    }

    [Fact]
    public void Series_are_bounded_and_what_is_beyond_is_counted_together()
    {
        var counter = _meter.CreateCounter<long>("sc.test.flood");
        var text = Collect(
            () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    counter.Add(1, new KeyValuePair<string, object?>("id", i));
                }
            },
            new ApiOptions { MaxSeriesPerMetric = 10 });
        text.Split('\n').Count(line => line.StartsWith("sc_test_flood_total{", StringComparison.Ordinal)).ShouldBe(11);
        text.ShouldContain("sc_test_flood_total{otel_metric_overflow=\"true\"} 90\n");
    }

    [Fact]
    public void Meters_of_others_are_left_alone()
    {
        var counter = _foreign.CreateCounter<long>("somebody.counts");
        Collect(() => counter.Add(1)).ShouldNotContain("somebody");
    }

    [Fact]
    public void Measuring_known_tags_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("sc.test.hot");
        using var collector = new MetricCollector(new NoFactory(), new());
        var tag = new KeyValuePair<string, object?>("outcome", "done");
        counter.Add(1, tag);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            counter.Add(1, tag);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
        Text(collector).ShouldContain("sc_test_hot_total{outcome=\"done\"} 1001\n");
    }

    private static string Collect(Action measure, ApiOptions? options = null)
    {
        using var collector = new MetricCollector(new NoFactory(), options ?? new());
        measure();
        return Text(collector);
    }

    private static string Text(MetricCollector collector)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PrometheusText.Write(output, collector.Collect());
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IEnumerable<string> Repeated(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.StartsWith('#') ? line : line[..line.LastIndexOf(' ')]).GroupBy(line => line)
        .Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? -?([0-9.]+(E[+-]?\d+)?|\+?Inf|NaN))$""", RegexOptions.None, 1000)]
    private static partial Regex Line();

    private sealed class NoFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
