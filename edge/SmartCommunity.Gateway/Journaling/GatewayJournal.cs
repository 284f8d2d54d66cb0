using Microsoft.Extensions.Logging;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Journaling;

/// <summary>The gateway's journal, and how far the silos have taken it over. Opened once per process; the folder is locked until it is disposed.</summary>
public sealed class GatewayJournal : IAsyncDisposable, IDisposable
{
    private const string WatermarkName = "silos.watermark";

    private GatewayJournal(DurableJournal log, WatermarkFile watermark)
    {
        Log = log;
        Watermark = watermark;
    }

    /// <summary>The log.</summary>
    public DurableJournal Log { get; }

    /// <summary>Everything through it is durable in the silos.</summary>
    public WatermarkFile Watermark { get; }

    /// <summary>Opens the journal of a gateway, and logs what was found.</summary>
    /// <exception cref="IOException">The folder can not be used, is in use, or acknowledged records in it are lost.</exception>
    public static GatewayJournal Open(GatewayOptions options, TimeProvider time, ILogger logger)
        => Open(new FolderStorage(options.JournalFolder), options, time, logger);

    /// <inheritdoc cref="Open(GatewayOptions, TimeProvider, ILogger)"/>
    public static GatewayJournal Open(IJournalStorage storage, GatewayOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var watermark = WatermarkFile.Open(storage, WatermarkName);
        var settings = options.Journal with
        {
            TakenOverThrough = watermark.Value,
            FirstSequence = Math.Max(options.Journal.FirstSequence, FreshSequence(time)),
        };
        var log = DurableJournal.Open(storage, settings, time);
        LogFindings(log.Recovery, watermark, logger);
        return new GatewayJournal(log, watermark);
    }

    /// <inheritdoc/>
    public void Dispose() => Log.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Log.DisposeAsync();

    // A new journal starts at the microsecond of its birth. If a folder was lost, its successor's numbers are above all that the silos have seen
    // of this gateway, which would otherwise skip them as seen. A million records a second would have to come for years to make that untrue,
    // and the number still fits a JavaScript console exactly.
    private static long FreshSequence(TimeProvider time) => Math.Max(1, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);

    private static void LogFindings(RecoveryReport report, WatermarkFile watermark, ILogger logger)
    {
        logger.JournalOpened(report.FirstSequence, report.LastSequence, report.Segments, watermark.Value);
        if (watermark.Status == WatermarkStatus.Damaged)
            logger.WatermarkDamaged(report.FirstSequence);
        if (report.Tail is { } tail)
            logger.TailCut(tail.Segment, tail.Offset, tail.Bytes, tail.Shortened);
        foreach (var damage in report.Damages)
            logger.JournalDamage(damage.ToString());
    }
}
