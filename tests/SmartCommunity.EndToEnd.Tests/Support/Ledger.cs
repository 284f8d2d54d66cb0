using System.Collections.Concurrent;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>What devices have sent and what of it was acknowledged. The host must have everything acknowledged, nothing that was not sent, and each once.</summary>
internal sealed class Ledger
{
    public const string Metric = "temperature";

    // Samples of the last hour, one a millisecond apart, so that each has a time of its own.
    private readonly long _start = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds();
    private int _number;

    public DateTimeOffset From => DateTimeOffset.FromUnixTimeMilliseconds(_start);

    /// <summary>Everything that was sent: events by (device, id), samples by (device, time).</summary>
    public ConcurrentDictionary<SentEvent, byte> Events { get; } = [];

    public ConcurrentDictionary<SentSample, byte> Samples { get; } = [];

    public ConcurrentDictionary<SentEvent, byte> AcknowledgedEvents { get; } = [];

    public ConcurrentDictionary<SentSample, byte> AcknowledgedSamples { get; } = [];

    public int Acknowledged => AcknowledgedEvents.Count + AcknowledgedSamples.Count;

    /// <summary>Publishes an event and notes its acknowledgement.</summary>
    /// <remarks>Each event has a column of its own, so that each opens a case of its own.</remarks>
    public async Task SayEventAsync(Mqtt.Client.MqttClient client, string device)
    {
        var column = Interlocked.Increment(ref _number);
        var sent = new SentEvent(device, $"e-{column}", column);
        Events[sent] = 0;
        await client.SayEventAsync(device, new { id = sent.Id, kind = "falling-object", confidence = 0.9, data = new { column } });
        AcknowledgedEvents[sent] = 0;
    }

    /// <summary>Publishes a sample and notes its acknowledgement.</summary>
    public async Task SaySampleAsync(Mqtt.Client.MqttClient client, string device)
    {
        var number = Interlocked.Increment(ref _number);
        var sent = new SentSample(device, _start + number, 20 + (number * 0.001));
        Samples[sent] = 0;
        await client.SaySampleAsync(device, Metric, sent.Time, sent.Value);
        AcknowledgedSamples[sent] = 0;
    }
}

internal readonly record struct SentEvent(string Device, string Id, int Column);

internal readonly record struct SentSample(string Device, long Time, double Value);
