using Microsoft.Extensions.Logging;

namespace SmartCommunity.Gateway;

/// <summary>What the gateway logs. Event ids 3000 to 3099.</summary>
internal static partial class GatewayLogs
{
    [LoggerMessage(3001, LogLevel.Information, "Journal open: records {First} to {Last} in {Segments} segments, taken over by the silos through {Watermark}")]
    internal static partial void JournalOpened(this ILogger logger, long first, long last, int segments, long watermark);

    [LoggerMessage(3002, LogLevel.Warning, "The watermark file is damaged; all records from {First} on are sent again")]
    internal static partial void WatermarkDamaged(this ILogger logger, long first);

    [LoggerMessage(3003, LogLevel.Warning,
        "Unacknowledged end of the journal cut: segment {Segment} at byte {Offset}, {Bytes} bytes (file shortened from outside: {Shortened})")]
    internal static partial void TailCut(this ILogger logger, string segment, long offset, long bytes, bool shortened);

    [LoggerMessage(3004, LogLevel.Critical, "The journal is damaged: {Damage}")]
    internal static partial void JournalDamage(this ILogger logger, string damage);

    [LoggerMessage(3010, LogLevel.Warning, "Batch {First} to {Last} was not taken; it is sent again")]
    internal static partial void BatchNotTaken(this ILogger logger, Exception? reason, long first, long last);

    [LoggerMessage(3011, LogLevel.Information, "Batch {First} was answered with a rewind to {RewindTo}")]
    internal static partial void Rewound(this ILogger logger, long first, long rewindTo);

    [LoggerMessage(3012, LogLevel.Error,
        "The silos ask for records from {RewindTo} on, but the journal starts at {First}: they had confirmed the others. Were they restored from a backup?")]
    internal static partial void RewindBeyondJournal(this ILogger logger, long rewindTo, long first);

    [LoggerMessage(3013, LogLevel.Critical, "Forwarding has failed and is tried again; nothing is skipped")]
    internal static partial void ForwardingFailed(this ILogger logger, Exception reason);

    [LoggerMessage(3014, LogLevel.Information, "Forwarder stopped; {Backlog} records are left for the next start")]
    internal static partial void Stopped(this ILogger logger, long backlog);
}
