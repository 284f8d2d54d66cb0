using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server.Diagnostics;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>Says when a limit was reached: counts every time, and logs at a bounded rate for each limit. Thread-safe.</summary>
internal sealed partial class LimitMonitor
{
    private readonly ILogger _logger;
    private readonly ServerMetrics _metrics;
    private readonly LogGate[] _gates;
    private readonly KeyValuePair<string, object?>[] _tags;

    public LimitMonitor(ILogger logger, ServerMetrics metrics, TimeProvider time, int linesPerSecond)
    {
        _logger = logger;
        _metrics = metrics;
        var limits = Enum.GetValues<Limit>();
        _gates = [.. limits.Select(_ => new LogGate(time, linesPerSecond))];
        _tags = [.. limits.Select(limit => new KeyValuePair<string, object?>("limit", limit.Name()))];
    }

    /// <summary>A client reached a limit.</summary>
    /// <param name="limit">Which one.</param>
    /// <param name="who">The client, or its address where nothing else is known.</param>
    /// <param name="value">What the limit stands at, in words.</param>
    public void Reached(Limit limit, string who, string value)
    {
        _metrics.Limits.Add(1, _tags[(int)limit]);
        if (_gates[(int)limit].TryPass(out var held)) LogReached(_logger, limit.Name(), value, who, held);
    }

    [LoggerMessage(2020, LogLevel.Warning, "Limit {Limit} ({Value}) reached by {Who} ({Held} such lines held back)")]
    private static partial void LogReached(ILogger logger, string limit, string value, string who, long held);
}
