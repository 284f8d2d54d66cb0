using System.Diagnostics.Metrics;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>The bridges' instruments of meter "SmartCommunity.Gateway"; each has the tag <c>bridge</c>.</summary>
internal sealed class BridgeMetrics : IDisposable
{
    private readonly Meter _meter = new(GatewayMetrics.MeterName);

    public BridgeMetrics()
    {
        Received = _meter.CreateCounter<long>("gateway.bridge.messages.received", "{message}", "Messages that brokers delivered, each time counted.");
        Acknowledged = _meter.CreateCounter<long>("gateway.bridge.messages.acknowledged", "{message}", "Messages on disk that the broker was told of.");
        Redelivered = _meter.CreateCounter<long>("gateway.bridge.messages.redelivered", "{message}", "Messages that came again and were known.");
        Ignored = _meter.CreateCounter<long>("gateway.bridge.messages.ignored", "{message}", "Messages of topics that the bridge does not take any more.");
        Losses = _meter.CreateCounter<long>("gateway.bridge.losses", "{time}", "Lost connections and failed tries.");
    }

    public Counter<long> Received { get; }

    public Counter<long> Acknowledged { get; }

    public Counter<long> Redelivered { get; }

    public Counter<long> Ignored { get; }

    public Counter<long> Losses { get; }

    /// <summary>Shows what the bridges are doing.</summary>
    public void Watch(IReadOnlyList<Bridge> bridges)
    {
        _meter.CreateObservableGauge(
            "gateway.bridge.connected", () => bridges.Select(bridge => new Measurement<int>(bridge.State.IsConnected ? 1 : 0, bridge.Tag)), "{connection}",
            "1 when the bridge is signed in, else 0.");
        _meter.CreateObservableGauge(
            "gateway.bridge.unacknowledged", () => bridges.Select(bridge => new Measurement<long>(bridge.State.Unacknowledged, bridge.Tag)), "{message}",
            "Messages that wait for the disk.");
    }

    public void Dispose() => _meter.Dispose();
}
