using System.Collections.Immutable;

namespace SmartCommunity.Stores.TimeSeries;

/// <summary>Sums a series up in buckets; the samples come oldest first.</summary>
/// <param name="step">The length of a bucket, in milliseconds.</param>
public sealed class BucketBuilder(long step)
{
    private readonly ImmutableArray<SampleBucket>.Builder _buckets = ImmutableArray.CreateBuilder<SampleBucket>();
    private SampleBucket _current;
    private long _end = long.MinValue;

    /// <summary>Adds the next sample.</summary>
    /// <param name="time">Unix ms, not before the one added last.</param>
    /// <param name="value">A finite number.</param>
    public void Add(long time, double value)
    {
        if (time < _end)
        {
            _current = new(
                _current.Start,
                _current.Count + 1,
                _current.Sum + value,
                Math.Min(_current.Minimum, value),
                Math.Max(_current.Maximum, value),
                value);
            return;
        }

        Close();
        var start = time - (((time % step) + step) % step);
        _end = start + step;
        _current = new(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(start, DateTimeOffset.MinValue.ToUnixTimeMilliseconds())), 1, value, value, value, value);
    }

    /// <summary>The buckets that have samples, oldest first.</summary>
    public ImmutableArray<SampleBucket> Build()
    {
        Close();
        return _buckets.ToImmutable();
    }

    private void Close()
    {
        if (_current.Count > 0)
        {
            _buckets.Add(_current);
        }
    }
}
