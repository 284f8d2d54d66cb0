using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SmartCommunity.Api.Metrics;

/// <summary>One metric with its series; the number of series is bounded.</summary>
internal sealed class MetricFamily(Instrument instrument, int maxSeries)
{
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel_metric_overflow", "true")];

    private readonly ConcurrentDictionary<TagSet, MetricSeries> _byTags = new(TagSetComparer.Instance);

    // The same tags in another order are the same series; the labels are sorted.
    private readonly ConcurrentDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);

    public string Name { get; } = PrometheusNames.Of(instrument);

    public string Help { get; } = instrument.Description ?? "";

    public MetricKind Kind { get; } = MetricKinds.Of(instrument);

    private double[] Bounds { get; } = HistogramBounds.Of(instrument);

    public IEnumerable<MetricSeries> Series => _byLabels.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>What is observed is told anew with each collection; what is no longer told is gone.</summary>
    public void BeginCollection()
    {
        if (instrument.IsObservable)
        {
            _byTags.Clear();
            _byLabels.Clear();
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        switch (Kind)
        {
            case MetricKind.Histogram:
                series.Observe(value, Bounds);
                break;
            case MetricKind.Counter or MetricKind.UpDown when !instrument.IsObservable:
                series.Add(value);
                break;
            default:
                series.Set(value);
                break;
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var known))
        {
            return known;
        }

        if (_byTags.Count >= maxSeries)
        {
            return _byLabels.GetOrAdd(PrometheusNames.Labels(Overflow), labels => new(labels));
        }

        var series = _byLabels.GetOrAdd(PrometheusNames.Labels(tags), labels => new(labels));
        return _byTags.GetOrAdd(new(tags.ToArray()), series);
    }
}
