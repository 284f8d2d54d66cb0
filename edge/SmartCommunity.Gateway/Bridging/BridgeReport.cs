using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Tells of a bridge: to its state, to the metrics, and to the log at a bounded rate.</summary>
internal sealed class BridgeReport(BridgeOptions options, BridgeState state, BridgeMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly KeyValuePair<string, object?> _tag = new("bridge", options.Name);
    private readonly LogPace _connected = new(time);
    private readonly LogPace _lost = new(time);
    private readonly LogPace _refused = new(time);
    private readonly LogPace _waits = new(time);
    private readonly LogPace _unread = new(time);

    public void Connected(MqttClient client)
    {
        var version = client.Version == MqttVersion.V500 ? "5.0" : "3.1.1";
        state.Become(BridgeCondition.Connected, version);
        if (_connected.TryPass(out var held))
            logger.BridgeConnected(options.Name, options.EndPoint.ToString(), version, client.ConnAck.SessionPresent, held);
    }

    public void Lost(Exception reason, TimeSpan delay)
    {
        state.Become(BridgeCondition.Connecting);
        state.Fail(reason.Message);
        metrics.Losses.Add(1, _tag);
        if (_lost.TryPass(out var held))
            logger.BridgeLost(options.Name, options.EndPoint.ToString(), reason.Message, delay, held);
    }

    public void NotSubscribed(Exception reason)
    {
        state.Fail(reason.Message);
        if (_refused.TryPass(out var held))
            logger.BridgeNotSubscribed(options.Name, reason.Message, held);
    }

    public void Waits(Exception reason)
    {
        state.Become(BridgeCondition.Waiting);
        state.Fail(reason.Message);
        if (_waits.TryPass(out var held))
            logger.BridgeWaits(options.Name, reason.Message, held);
    }

    public void Failed(Exception reason)
    {
        state.Become(BridgeCondition.Waiting);
        state.Fail(reason.Message);
        if (_waits.TryPass(out _))
            logger.BridgeFailed(reason, options.Name);
    }

    public void PasswordUnread(Exception reason)
    {
        state.Fail(reason.Message);
        if (_unread.TryPass(out var held))
            logger.BridgePasswordUnread(options.Name, reason.Message, held);
    }

    public void Received(bool isKnown, bool isIgnored)
    {
        state.Receive();
        metrics.Received.Add(1, _tag);
        if (isKnown)
            metrics.Redelivered.Add(1, _tag);
        if (isIgnored)
            metrics.Ignored.Add(1, _tag);
    }

    public void Acknowledged()
    {
        state.Acknowledge();
        metrics.Acknowledged.Add(1, _tag);
    }
}
