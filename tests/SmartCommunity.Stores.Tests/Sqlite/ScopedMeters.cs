using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SmartCommunity.Stores.Tests.Sqlite;

/// <summary>Makes the meters of one store, and hears only them: tests run side by side.</summary>
internal sealed class ScopedMeters : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<int> _groupSizes = new();

    public ScopedMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this && instrument.Name == "stores.commit.operations")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, measurement, _, _) => _groupSizes.Enqueue(measurement));
        _listener.Start();
    }

    /// <summary>How many writes each commit took.</summary>
    public IReadOnlyCollection<int> GroupSizes => _groupSizes;

    public Meter Create(MeterOptions options) => new(new MeterOptions(options.Name) { Scope = this });

    public void Dispose() => _listener.Dispose();
}
