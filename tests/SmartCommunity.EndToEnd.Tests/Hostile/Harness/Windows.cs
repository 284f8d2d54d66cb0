using System.Diagnostics;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>What was seen of a server while something went on, in windows of equal length.</summary>
/// <param name="P99">The median of the windows' 99th percentiles, so that one hiccup of the machine does not count.</param>
/// <param name="PeakBytes">The most resident memory at the end of a window.</param>
internal sealed record Windows(TimeSpan P99, long PeakBytes)
{
    /// <summary>How long one is: with four bystanders, eighty acknowledgements.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Watches until the work is done, and at least so many windows.</summary>
    public static async Task<Windows> WatchAsync(IReadOnlyList<Bystander> bystanders, int processId, Task work, int atLeast)
    {
        List<TimeSpan> percentiles = [];
        var peak = 0L;
        while (percentiles.Count < atLeast || !work.IsCompleted)
        {
            var from = Stopwatch.GetTimestamp();
            await Task.Delay(Length);
            var to = Stopwatch.GetTimestamp();
            percentiles.Add(Percentile(bystanders.SelectMany(bystander => bystander.Delays(from, to)), 0.99));
            peak = Math.Max(peak, ResidentMemory.Of(processId));
        }

        await work;
        return new(Percentile(percentiles, 0.5), peak);
    }

    private static TimeSpan Percentile(IEnumerable<TimeSpan> delays, double share)
    {
        var ordered = delays.Order().ToList();
        return ordered.Count == 0 ? TimeSpan.Zero : ordered[Math.Max(0, (int)Math.Ceiling(ordered.Count * share) - 1)];
    }
}
