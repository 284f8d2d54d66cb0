using Microsoft.Extensions.Logging;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>What is logged about the state on disk. Event ids 2080 to 2089.</summary>
internal static partial class PersistenceLog
{
    [LoggerMessage(2080, LogLevel.Information,
        "Restored {Sessions} sessions, {Messages} messages and {Retained} retained topics from {Folder} in {Milliseconds} ms, {Records} records of the log")]
    public static partial void StateRestored(
        this ILogger logger, int sessions, int messages, int retained, string folder, long milliseconds, long records);

    [LoggerMessage(2081, LogLevel.Error,
        "The state of the sessions in {Folder} is damaged: {Damage}. The endpoint goes on with what is whole; subscribers may miss messages or get some again")]
    public static partial void StateDamaged(this ILogger logger, string folder, string damage);

    [LoggerMessage(2082, LogLevel.Warning,
        "The state of the sessions ended in the middle of a write ({Bytes} bytes in {Segment}); what was cut had not been acknowledged")]
    public static partial void StateTailCut(this ILogger logger, long bytes, string segment);

    [LoggerMessage(2083, LogLevel.Debug, "Wrote a snapshot of the sessions' state: {Bytes} bytes through record {Through}, {Segments} segments released")]
    public static partial void SnapshotWritten(this ILogger logger, long bytes, long through, int segments);

    [LoggerMessage(2084, LogLevel.Error,
        "A snapshot of the sessions' state could not be written; the log in {Folder} grows until it can. Make room on that disk")]
    public static partial void SnapshotFailed(this ILogger logger, string folder, Exception failure);

    [LoggerMessage(2085, LogLevel.Error,
        "The sessions' state in {Folder} can not be written ({Reason}): messages for lasting sessions and retained messages are not acknowledged")]
    public static partial void StateFailed(this ILogger logger, string folder, string reason);

    [LoggerMessage(2086, LogLevel.Debug, "The delayed will of client {ClientId} goes on for {Remaining}")]
    public static partial void WillRestored(this ILogger logger, string clientId, TimeSpan remaining);
}
