using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Stores.TimeSeries;

/// <summary>Everything measured. The same device, metric and time is one sample: writing it again replaces the value.</summary>
public interface ITimeSeriesStore
{
    /// <summary>Stores samples, all or none. They are on disk when it returns.</summary>
    /// <exception cref="ArgumentException">A value is not finite; nothing was stored.</exception>
    ValueTask AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken);

    /// <summary>The samples of a series in [from, to), oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<ImmutableArray<SamplePoint>> ReadAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The aggregates of a series in [from, to), one bucket per step that has samples, oldest first. Bucket starts are multiples of the step since the Unix
    /// epoch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is less than a millisecond.</exception>
    ValueTask<ImmutableArray<SampleBucket>> ReadBucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken);

    /// <summary>The latest sample of every metric of a device.</summary>
    ValueTask<ImmutableArray<Sample>> ReadLatestAsync(DeviceId device, CancellationToken cancellationToken);
}

/// <summary>One sample of a known series.</summary>
public readonly record struct SamplePoint(DateTimeOffset Time, double Value);

/// <summary>One bucket of a known series.</summary>
public readonly record struct SampleBucket(DateTimeOffset Start, long Count, double Sum, double Minimum, double Maximum, double Last)
{
    /// <summary>The arithmetic mean.</summary>
    public double Mean => Sum / Count;
}
