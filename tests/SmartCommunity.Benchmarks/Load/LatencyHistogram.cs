using System.Numerics;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>Counts delays in buckets whose width is at most 1/32 of their value, from a microsecond to minutes. One thread writes at a time.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;
    private readonly long[] _buckets = new long[SubBuckets * 32];

    public long Count { get; private set; }

    public void Add(TimeSpan delay)
    {
        var microseconds = (uint)Math.Clamp(delay.TotalMicroseconds, 0, uint.MaxValue >> 1);
        _buckets[Index(microseconds)]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        Count += other.Count;
    }

    /// <summary>The delay that a share of all does not exceed, rounded up by at most 3 %.</summary>
    public TimeSpan Quantile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && seen > 0)
            {
                return TimeSpan.FromMicroseconds(UpperBound(i));
            }
        }

        return TimeSpan.Zero;
    }

    // Below 32 µs each bucket is one microsecond; above, each power of two has 32 of them.
    private static int Index(uint value)
    {
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static double UpperBound(int index)
    {
        if (index < 2 * SubBuckets)
        {
            return index;
        }

        var shift = (index / SubBuckets) - 1;
        return (double)(((long)(index - (shift * SubBuckets)) + 1) << shift) - 1;
    }
}
