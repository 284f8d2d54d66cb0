namespace SmartCommunity.Benchmarks.Measuring;

/// <summary>A server at one moment.</summary>
/// <param name="Cpu">The processor time of its process so far.</param>
/// <param name="Metrics">Its own metrics; null when it has none.</param>
internal sealed record ServerFigures(TimeSpan Cpu, HostMetrics? Metrics)
{
    /// <summary>The mean number of messages that one flush brought to the disk since an earlier moment; null when it does not say.</summary>
    public double? MessagesPerFlushSince(ServerFigures earlier) =>
        Metrics is { } now && earlier.Metrics is { } then && now.Flushes > then.Flushes ? (now.Journaled - then.Journaled) / (now.Flushes - then.Flushes) : null;
}

/// <summary>Looks at a server while a load runs, and shows how it goes.</summary>
internal interface IProgressProbe
{
    /// <summary>The server now.</summary>
    Task<ServerFigures> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Says how it goes.</summary>
    void Tell(double acknowledgedPerSecond);
}
