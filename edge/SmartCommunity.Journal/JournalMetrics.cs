using System.Diagnostics.Metrics;

namespace SmartCommunity.Journal;

/// <summary>The instruments of meter "SmartCommunity.Journal".</summary>
internal sealed class JournalMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    internal const string MeterName = "SmartCommunity.Journal";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _records;
    private readonly Counter<long> _bytes;

    internal JournalMetrics(Func<long> backlogRecords, Func<long> pendingBytes)
    {
        _duration = _meter.CreateHistogram<double>("journal.flush.duration", "s", "Time to write and flush one batch.");
        _records = _meter.CreateHistogram<long>("journal.flush.records", "{record}", "Records that one flush brought to the disk.");
        _bytes = _meter.CreateCounter<long>("journal.written", "By", "Bytes of records that are on disk.");
        _meter.CreateObservableGauge("journal.backlog", backlogRecords, "{record}", "Records that are kept and not yet trimmed.");
        _meter.CreateObservableGauge("journal.pending", pendingBytes, "By", "Bytes that wait for the disk.");
    }

    internal void Flushed(TimeSpan duration, int records, long bytes)
    {
        _duration.Record(duration.TotalSeconds);
        _records.Record(records);
        _bytes.Add(bytes);
    }

    public void Dispose() => _meter.Dispose();
}
