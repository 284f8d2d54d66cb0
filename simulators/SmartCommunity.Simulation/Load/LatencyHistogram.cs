using System.Numerics;

namespace SmartCommunity.Simulation.Load;

/// <summary>
/// Counts delays in log-linear buckets: 64 per power of two of microseconds, so that a percentile is off by less than 1.6 %. One writer; readers
/// may add it up at any time.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBuckets = 64;
    private const int SubBits = 6;

    // 2^32 µs is more than an hour; what took longer counts as that.
    private const int Powers = 32 - SubBits + 1;
    private readonly long[] _counts = new long[(Powers + 1) * SubBuckets];
    private long _max;

    /// <summary>Counts a delay.</summary>
    /// <param name="microseconds">Negative ones count as 0.</param>
    public void Record(long microseconds)
    {
        var value = (uint)Math.Clamp(microseconds, 0, uint.MaxValue);
        Volatile.Write(ref _counts[IndexOf(value)], _counts[IndexOf(value)] + 1);
        if (value > _max) Volatile.Write(ref _max, value);
    }

    /// <summary>Adds another histogram's counts to this one.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++) _counts[i] += Volatile.Read(ref other._counts[i]);
        _max = Math.Max(_max, Volatile.Read(ref other._max));
    }

    /// <summary>What was counted since an earlier copy. The maximum is that of the highest bucket that grew.</summary>
    public LatencyHistogram Since(LatencyHistogram earlier)
    {
        var difference = new LatencyHistogram();
        for (var i = 0; i < _counts.Length; i++)
        {
            difference._counts[i] = _counts[i] - earlier._counts[i];
            if (difference._counts[i] > 0) difference._max = Math.Min(UpperBound(i), _max);
        }

        return difference;
    }

    /// <summary>How many were counted.</summary>
    public long Count => _counts.Sum();

    /// <summary>The longest delay.</summary>
    public TimeSpan Max => TimeSpan.FromMicroseconds(_max);

    /// <summary>The delay that a share of all does not exceed; 0 when nothing was counted.</summary>
    /// <param name="share">0 to 1, for example 0.99.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length && rank > 0; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return TimeSpan.FromMicroseconds(Math.Min(UpperBound(i), _max));
        }

        return TimeSpan.Zero;
    }

    // Values below 64 have a bucket each; above, the highest bit chooses the power and the next six bits the bucket.
    private static int IndexOf(uint value)
    {
        if (value < SubBuckets) return (int)value;
        var shift = BitOperations.Log2(value) - SubBits;
        return ((shift + 1) * SubBuckets) + (int)((value >> shift) - SubBuckets);
    }

    private static long UpperBound(int index)
    {
        if (index < SubBuckets) return index;
        var shift = (index / SubBuckets) - 1;
        return (((long)(index % SubBuckets) + SubBuckets + 1) << shift) - 1;
    }
}
