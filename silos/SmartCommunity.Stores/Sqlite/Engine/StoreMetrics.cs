using System.Diagnostics.Metrics;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>What the embedded stores measure.</summary>
internal sealed class StoreMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SmartCommunity.Stores";

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _groupSize;
    private readonly Counter<long> _failures;

    /// <param name="factory">Makes the meter in a host; null: it makes its own.</param>
    public StoreMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _commitDuration = _meter.CreateHistogram<double>("stores.commit.duration", "s", "From the begin of a transaction to its flush.");
        _groupSize = _meter.CreateHistogram<int>("stores.commit.operations", "{operation}", "How many writes share one flush.");
        _failures = _meter.CreateCounter<long>("stores.failures", "{operation}", "Writes that failed.");
    }

    public void ObserveWaiting(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("stores.waiting", count, "{operation}", "Writes that wait for the writer.");

    public void GroupCommitted(int operations, TimeSpan duration)
    {
        _groupSize.Record(operations);
        _commitDuration.Record(duration.TotalSeconds);
    }

    public void OperationFailed() => _failures.Add(1);

    public void GroupFailed(int operations) => _failures.Add(operations);

    public void Dispose() => _meter.Dispose();
}
