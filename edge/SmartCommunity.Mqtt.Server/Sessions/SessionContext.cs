using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Persistence;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>What all sessions share.</summary>
/// <param name="Options">The limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Where losses are counted.</param>
/// <param name="Store">Where lasting sessions are kept; null when everything is in memory only.</param>
internal sealed record SessionContext(MqttServerOptions Options, TimeProvider Time, ServerMetrics Metrics, StateStore? Store)
{
    /// <summary>The memory for queued messages of all sessions together.</summary>
    public QueueBudget Budget { get; } = new(Options.MaxTotalQueuedBytes);
}
