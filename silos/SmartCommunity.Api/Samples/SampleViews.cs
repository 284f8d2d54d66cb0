using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Api.Samples;

/// <summary>A stretch of a series.</summary>
/// <param name="Device">Who measured.</param>
/// <param name="Metric">What.</param>
/// <param name="Unit">The UCUM unit; null for a metric that is not in the table.</param>
/// <param name="Points">Rows of epoch milliseconds and value, or bucket start and aggregates in the order of <c>agg</c>; oldest first.</param>
public sealed record SampleSeries(string Device, string Metric, string? Unit, ImmutableArray<double[]> Points)
{
    internal static SampleSeries Of(DeviceId device, string metric, ImmutableArray<double[]> points) =>
        new(device.Value, metric, Events.Vocabulary.Metrics.Find(metric)?.Unit, points);
}

/// <summary>A checked question.</summary>
internal sealed record SampleQuery(string Metric, DateTimeOffset From, DateTimeOffset To, TimeSpan? Step, ImmutableArray<string> Aggregates);

/// <summary>The aggregates of a bucket by name.</summary>
internal static class SampleAggregates
{
    public const string Mean = "mean";

    public static ImmutableArray<string> Names { get; } = [Mean, "min", "max", "sum", "count", "last"];

    public static double Of(SampleBucket bucket, string name) => name switch
    {
        Mean => bucket.Mean,
        "min" => bucket.Minimum,
        "max" => bucket.Maximum,
        "sum" => bucket.Sum,
        "count" => bucket.Count,
        "last" => bucket.Last,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such aggregate."),
    };
}

/// <summary>Steps that people know, to propose one.</summary>
internal static class SampleSteps
{
    private static readonly TimeSpan[] Usual =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30),
    ];

    /// <summary>The shortest that cuts a stretch into at most so many buckets.</summary>
    public static TimeSpan For(TimeSpan stretch, int buckets) =>
        Usual.FirstOrDefault(step => stretch.Ticks / step.Ticks < buckets, TimeSpan.FromTicks((stretch.Ticks / buckets) + TimeSpan.TicksPerDay));
}
