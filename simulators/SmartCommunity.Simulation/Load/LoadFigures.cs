namespace SmartCommunity.Simulation.Load;

/// <summary>What was measured over a stretch of time.</summary>
/// <param name="Elapsed">How long the stretch was.</param>
/// <param name="Sent">Messages that were given to a connection.</param>
/// <param name="Acknowledged">PUBACKs that accept their message.</param>
/// <param name="Errors">Messages that were refused or lost, and connections that failed.</param>
/// <param name="P50">The delay from giving a message to the connection to its PUBACK: the median.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The longest.</param>
public sealed record LoadFigures(TimeSpan Elapsed, long Sent, long Acknowledged, long Errors, TimeSpan P50, TimeSpan P99, TimeSpan Max)
{
    /// <summary>Acknowledged messages per second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Acknowledged / Elapsed.TotalSeconds : 0;

    internal static LoadFigures Of(LoadCount now, LoadCount before, TimeSpan elapsed)
    {
        var delays = now.Delays.Since(before.Delays);
        return new LoadFigures(
            elapsed,
            now.Sent - before.Sent,
            now.Acknowledged - before.Acknowledged,
            now.Errors - before.Errors,
            delays.Percentile(0.5),
            delays.Percentile(0.99),
            delays.Max);
    }
}

/// <summary>The counts of all connections at one moment.</summary>
internal sealed class LoadCount
{
    public long Sent { get; private set; }

    public long Acknowledged { get; private set; }

    public long Errors { get; private set; }

    public LatencyHistogram Delays { get; } = new();

    public static LoadCount Of(IEnumerable<LoadWorker> workers)
    {
        var count = new LoadCount();
        foreach (var worker in workers)
        {
            count.Sent += worker.Sent;
            count.Acknowledged += worker.Acknowledged;
            count.Errors += worker.Errors;
            count.Delays.Add(worker.Delays);
        }

        return count;
    }
}
