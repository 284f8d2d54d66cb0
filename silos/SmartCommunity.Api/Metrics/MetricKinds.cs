using System.Diagnostics.Metrics;

namespace SmartCommunity.Api.Metrics;

/// <summary>How measurements become a total.</summary>
internal enum MetricKind : byte
{
    /// <summary>Only rises.</summary>
    Counter = 0,

    /// <summary>A sum that rises and falls.</summary>
    UpDown = 1,

    /// <summary>The last value counts.</summary>
    Gauge = 2,

    /// <summary>Counted into buckets.</summary>
    Histogram = 3,
}

internal static class MetricKinds
{
    public static MetricKind Of(Instrument instrument)
    {
        var type = instrument.GetType();
        while (type is { IsGenericType: false, BaseType: not null })
        {
            type = type.BaseType;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : definition == typeof(UpDownCounter<>) || definition == typeof(ObservableUpDownCounter<>) ? MetricKind.UpDown
            : definition == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }
}

/// <summary>The bounds of a histogram's buckets, rising.</summary>
internal static class HistogramBounds
{
    /// <summary>Buckets at most: each is a line of every scrape.</summary>
    private const int MaxBounds = 40;

    // The defaults of the OpenTelemetry specification for seconds and for everything else.
    private static readonly double[] Seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30];
    private static readonly double[] Others = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

    public static double[] Of(Instrument instrument)
    {
        double[] advised = instrument switch
        {
            Instrument<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } => [.. bounds],
            Instrument<long> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } => [.. bounds.Select(bound => (double)bound)],
            Instrument<int> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } => [.. bounds.Select(bound => (double)bound)],
            _ => instrument.Unit == "s" ? Seconds : Others,
        };
        return advised.Length <= MaxBounds ? advised : advised[..MaxBounds];
    }
}
