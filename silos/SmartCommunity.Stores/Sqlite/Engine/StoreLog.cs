using Microsoft.Extensions.Logging;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>What the embedded stores log. The ids are stable.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(4001, LogLevel.Information, "Opened {Path}: schema {Before}, now {After}.")]
    public static partial void Opened(ILogger logger, string path, int before, int after);

    [LoggerMessage(4002, LogLevel.Information, "Closed {Path}.")]
    public static partial void Closed(ILogger logger, string path);

    [LoggerMessage(
        4003,
        LogLevel.Error,
        "A transaction of {Operations} writes failed; they and the waiting ones are answered so, and the next write opens the database anew.")]
    public static partial void GroupFailed(ILogger logger, int operations, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "{Path} is open again after a failure.")]
    public static partial void Recovered(ILogger logger, string path);
}
