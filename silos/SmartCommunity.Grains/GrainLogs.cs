using Microsoft.Extensions.Logging;

namespace SmartCommunity.Grains;

/// <summary>The log lines of the grains; ids 5000 to 5099.</summary>
internal static partial class GrainLogs
{
    [LoggerMessage(5000, LogLevel.Error, "The stored file of community {Community} has {Count} problems and is not used; the last good one stays. First: {Problem}")]
    public static partial void StoredCommunityUnreadable(this ILogger logger, string community, int count, string problem);

    [LoggerMessage(5001, LogLevel.Error, "Record {Sequence} of gateway {Gateway} could not be processed by {Place} and became a dead letter")]
    public static partial void RecordNotProcessed(this ILogger logger, Exception exception, long sequence, string gateway, string place);

    [LoggerMessage(5002, LogLevel.Warning, "{Place} gives up its memory and replays from its checkpoint, because an effect could not be stored")]
    public static partial void PlaceRestarts(this ILogger logger, Exception exception, string place);

    [LoggerMessage(5003, LogLevel.Debug, "{Place} runs {Rules} rules on {Devices} devices, community version {Version}")]
    public static partial void PlaceStarted(this ILogger logger, string place, int rules, int devices, long version);

    [LoggerMessage(5004, LogLevel.Warning, "The memory of {Place} could not be read and starts empty")]
    public static partial void MemoryUnreadable(this ILogger logger, Exception exception, string place);

    [LoggerMessage(5005, LogLevel.Warning, "A batch of gateway {Gateway} through {Sequence} could not be taken; the gateway sends it again")]
    public static partial void BatchNotTaken(this ILogger logger, Exception exception, string gateway, long sequence);

    [LoggerMessage(5006, LogLevel.Warning, "The checkpoint of {Place} failed; the gateway keeps its journal until it succeeds")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception, string place);

    [LoggerMessage(5007, LogLevel.Information, "Incident {Incident} {Severity} opened: {Title}")]
    public static partial void IncidentOpened(this ILogger logger, string incident, string severity, string title);

    [LoggerMessage(5008, LogLevel.Information, "Incident {Incident}: {Command} by {Actor}, now {State}")]
    public static partial void IncidentMoved(this ILogger logger, string incident, string command, string actor, string state);
}
