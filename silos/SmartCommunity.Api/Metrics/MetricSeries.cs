namespace SmartCommunity.Api.Metrics;

/// <summary>The total of a metric for one set of labels.</summary>
internal sealed class MetricSeries(string labels)
{
    private readonly Lock _lock = new();
    private double _value;
    private long _count;
    private long[] _buckets = [];

    /// <summary>As Prometheus writes them: <c>{outcome="accepted"}</c>, or empty.</summary>
    public string Labels { get; } = labels;

    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
        }
    }

    /// <summary>Counts a value into the first bucket whose bound is not below it.</summary>
    public void Observe(double value, double[] bounds)
    {
        var index = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            if (_buckets.Length == 0)
            {
                _buckets = new long[bounds.Length + 1];
                Bounds = bounds;
            }

            _buckets[index >= 0 ? index : ~index]++;
            _value += value;
            _count++;
        }
    }

    public double[] Bounds { get; private set; } = [];

    /// <summary>Sum (or value), count and buckets of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, _count, [.. _buckets]);
        }
    }
}
