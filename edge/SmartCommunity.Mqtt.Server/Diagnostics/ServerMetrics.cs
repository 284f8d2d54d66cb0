using System.Diagnostics.Metrics;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Diagnostics;

/// <summary>What the endpoint counts, on the meter <see cref="MeterName"/>. Counts per message are added once per batch.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "SmartCommunity.Mqtt.Server";

    public static readonly KeyValuePair<string, object?> QueueFull = new("reason", "queue-full");
    public static readonly KeyValuePair<string, object?> TooLarge = new("reason", "too-large");
    public static readonly KeyValuePair<string, object?> Expired = new("reason", "expired");
    public static readonly KeyValuePair<string, object?> RetainedFull = new("reason", "retained-full");

    private readonly Meter _meter;

    public ServerMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        Received = _meter.CreateCounter<long>("mqtt.server.messages.received", "{message}", "PUBLISH packets that clients sent");
        Sent = _meter.CreateCounter<long>("mqtt.server.messages.sent", "{message}", "PUBLISH packets that were written to clients");
        Dropped = _meter.CreateCounter<long>("mqtt.server.messages.dropped", "{message}", "messages that a limit kept from a subscriber");
        SessionsGivenUp = _meter.CreateCounter<long>(
            "mqtt.server.sessions.given_up", "{session}", "absent sessions that ended early because there were too many");
        Denied = _meter.CreateCounter<long>("mqtt.server.denied", "{request}", "publishes and subscriptions that the authoriser refused");
        Accepted = _meter.CreateCounter<long>("mqtt.server.connections.accepted", "{connection}", "connections that were accepted");
        Refused = _meter.CreateCounter<long>("mqtt.server.connections.refused", "{connection}", "connections that were refused, by reason code");
        Limits = _meter.CreateCounter<long>("mqtt.server.limits.reached", "{time}", "times that a client reached a limit, by the limit's name");
        BytesReceived = _meter.CreateCounter<long>("mqtt.server.bytes.received", "By", "bytes of packets that clients sent");
        Closed = _meter.CreateCounter<long>("mqtt.server.connections.closed", "{connection}", "connections that ended, by cause");
    }

    public Counter<long> Received { get; }

    public Counter<long> Sent { get; }

    public Counter<long> Dropped { get; }

    public Counter<long> SessionsGivenUp { get; }

    public Counter<long> Denied { get; }

    public Counter<long> Accepted { get; }

    public Counter<long> Refused { get; }

    public Counter<long> Closed { get; }

    public Counter<long> Limits { get; }

    public Counter<long> BytesReceived { get; }

    public static KeyValuePair<string, object?> Reason(ReasonCode reason) => new("reason", reason.ToString());

    /// <summary>Adds a gauge that is read when somebody looks.</summary>
    public void Observe(string name, string unit, string description, Func<long> read) => _meter.CreateObservableGauge(name, read, unit, description);

    public void Dispose() => _meter.Dispose();
}
