using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>The limits that connections share.</summary>
internal sealed class ServerLimits : IDisposable
{
    private readonly LimitMonitor _monitor;

    public ServerLimits(MqttServerOptions options, TimeProvider time, ILogger logger, ServerMetrics metrics)
    {
        _monitor = new LimitMonitor(logger, metrics, time, options.LogLinesPerSecond);
        Admission = new Admission(options, time, _monitor);
        PublishRates = new PublishRates(options, time);
        Watchdogs = new WatchdogWheel(time);
    }

    public Admission Admission { get; }

    public PublishRates PublishRates { get; }

    public TakeOvers TakeOvers { get; } = new();

    public WatchdogWheel Watchdogs { get; }

    /// <summary>A client reached a limit.</summary>
    /// <param name="limit">Which one.</param>
    /// <param name="who">The client, or its address where nothing else is known.</param>
    /// <param name="value">What the limit stands at, in words.</param>
    public void Reached(Limit limit, string who, string value) => _monitor.Reached(limit, who, value);

    public void Dispose() => Watchdogs.Dispose();
}
