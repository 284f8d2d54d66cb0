using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace SmartCommunity.Api.Metrics;

/// <summary>
/// Keeps the totals of this process's metrics for <c>/metrics</c>: all meters of ours, and the basics of Kestrel and the runtime. Measuring costs a look-up
/// and an
/// uncontended lock; nothing is allocated for tag values that have been seen before.
/// </summary>
internal sealed class MetricCollector : IDisposable
{
    private static readonly ImmutableArray<string> Meters =
        ["SmartCommunity", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting"];

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _factory;
    private readonly int _maxSeries;
    private readonly Lock _collecting = new();

    public MetricCollector(IMeterFactory factory, ApiOptions options)
    {
        _factory = factory;
        _maxSeries = options.MaxSeriesPerMetric;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments and takes all totals, in the order of their names.</summary>
    public ImmutableArray<MetricFamily> Collect()
    {
        lock (_collecting)
        {
            foreach (var family in _families.Values)
            {
                family.BeginCollection();
            }

            _listener.RecordObservableInstruments();
            return [.. _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricFamily)family!).Record(value, tags);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // The scope is the container that made the meter; of another one's (two hosts in one test process) nothing is taken.
        var ours = instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _factory);
        if (ours && Meters.Any(name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
        {
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(PrometheusNames.Of(instrument), _ => new(instrument, _maxSeries)));
        }
    }
}
