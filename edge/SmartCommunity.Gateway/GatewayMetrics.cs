using System.Diagnostics.Metrics;

namespace SmartCommunity.Gateway;

/// <summary>The instruments of meter "SmartCommunity.Gateway".</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SmartCommunity.Gateway";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _messages;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _rewinds;
    private readonly Counter<long> _retries;

    /// <summary>Makes the instruments.</summary>
    public GatewayMetrics()
    {
        _messages = _meter.CreateCounter<long>("gateway.messages", "{message}", "Messages that were decoded.");
        _deadLetters = _meter.CreateCounter<long>("gateway.dead_letters", "{message}", "Messages of which all or a part was not understood.");
        _records = _meter.CreateCounter<long>("gateway.forwarded.records", "{record}", "Records that were sent to the silos, counted each time.");
        _bytes = _meter.CreateCounter<long>("gateway.forwarded", "By", "Bytes of records that were sent to the silos, counted each time.");
        _rewinds = _meter.CreateCounter<long>("gateway.rewinds", "{time}", "How often a grain asked for records again.");
        _retries = _meter.CreateCounter<long>("gateway.retries", "{time}", "How often the silos could not take a batch.");
    }

    internal void Received(bool deadLetter)
    {
        _messages.Add(1);
        if (deadLetter)
            _deadLetters.Add(1);
    }

    internal void Sent(int records, int bytes)
    {
        _records.Add(records);
        _bytes.Add(bytes);
    }

    internal void WentBack(bool rewound) => (rewound ? _rewinds : _retries).Add(1);

    internal void Watch(Forwarding.ForwarderStatus status)
    {
        _meter.CreateObservableGauge("gateway.backlog", () => status.BacklogRecords, "{record}", "Journaled records that the grains have not processed.");
        _meter.CreateObservableGauge("gateway.not_durable", () => status.NotDurableRecords, "{record}", "Journaled records that are not on disk in the silos.");
        _meter.CreateObservableGauge(
            "gateway.oldest_waiting", () => status.OldestWaiting.TotalSeconds, "s", "Age of the oldest record that waits for its acceptance.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
