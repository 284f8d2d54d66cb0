using SmartCommunity.Benchmarks.Measuring;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>What a load found out.</summary>
/// <param name="Windows">Acknowledgements per second in each window of a second.</param>
/// <param name="Delays">From when a message was due to its acknowledgement.</param>
/// <param name="Acknowledged">Messages acknowledged in the measured time.</param>
/// <param name="Elapsed">The measured time.</param>
/// <param name="Before">The server at the begin of the measured time.</param>
/// <param name="After">The server at its end.</param>
internal sealed record LoadResult(
    IReadOnlyList<double> Windows, LatencyHistogram Delays, long Acknowledged, TimeSpan Elapsed, ServerFigures Before, ServerFigures After)
{
    /// <summary>The median of the windows.</summary>
    public double Median => Windows.Order().ElementAt(Windows.Count / 2);

    /// <summary>The server's processor time per acknowledged message, in microseconds.</summary>
    public double CpuPerMessage => (After.Cpu - Before.Cpu).TotalMicroseconds / Math.Max(1, Acknowledged);
}
