using System.Text;
using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>The format that this system defines itself (DESIGN section 5).</summary>
/// <remarks>
/// sc/v1/{device}/telemetry = sample-set | [sample-set*]   sample-set = {"time"?, "values": {metric: number}}
/// sc/v1/{device}/event     = event | [event*]             event = {"id"?, "kind", "time"?, "confidence"?, "data"?, "evidence"?: [{"type", "uri"}]}
/// sc/v1/{device}/status    = online | offline (plain text)
/// Of what a broker replays, only readings that say when they were taken count.
/// </remarks>
public sealed class NativeDecoder : IDecoder
{
    private static readonly EventData OfWill = EventData.FromObject(new { will = true });

    private readonly DecodingOptions _options;
    private readonly JsonItemReader _telemetry;
    private readonly JsonItemReader _events;

    /// <summary>Makes the decoder.</summary>
    public NativeDecoder(DecodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _telemetry = new TelemetryReader(options).Read;
        _events = new EventReader(options).Read;
    }

    /// <inheritdoc/>
    public string Name => "native";

    /// <inheritdoc/>
    public IReadOnlyList<string> TopicFilters { get; } = ["sc/v1/+/telemetry", "sc/v1/+/event", "sc/v1/+/status"];

    /// <inheritdoc/>
    public void Decode(in DecodeInput input, EventBatchBuilder output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var device = TopicDevice(input.Topic, out var channel);
        if (!TryFindPublisher(input, device, out var publisher))
        {
            output.Reject(input.SpeaksForDevices
                ? $"'{device}' in the topic is not the id of a device"
                : $"the topic names the device '{device}', but {(input.Publisher is { } other ? $"'{other}'" : "no device")} published it");
            return;
        }

        var payload = JsonText.WithoutByteOrderMark(input.Payload);
        if (payload.IsEmpty)
            output.Reject("the payload is empty");
        else if (!JsonText.IsUtf8(payload.Span))
            output.Reject("the payload is not UTF-8 text");
        else if (channel is "telemetry")
            DecodeJson(_telemetry, new MessageContext(publisher, input.ReceivedAt, payload, input.IsReplay), output);
        else if (input.IsReplay)
            return;
        else if (channel is "status")
            DecodeStatus(input, publisher, payload.Span, output);
        else
            DecodeJson(_events, new MessageContext(publisher, input.ReceivedAt, payload), output);
    }

    // A device speaks for itself; a gateway for whom the topic names.
    private static bool TryFindPublisher(in DecodeInput input, ReadOnlySpan<char> device, out DeviceId publisher)
    {
        publisher = input.Publisher.GetValueOrDefault();
        return input.Publisher is not null
            ? device.SequenceEqual(publisher.Value)
            : input.SpeaksForDevices && Identifier.TryParse(device.ToString(), out publisher);
    }

    private void DecodeJson(JsonItemReader read, in MessageContext context, EventBatchBuilder output)
    {
        try
        {
            var reader = new Utf8JsonReader(context.Payload.Span, new JsonReaderOptions { MaxDepth = _options.MaxDepth });
            JsonItems.ReadAll(ref reader, context, read, output);
        }
        catch (JsonException reason)
        {
            output.RejectAll($"the payload is not valid JSON: {JsonText.Describe(reason)}");
        }
        catch (InvalidOperationException)
        {
            // What the JSON reader throws for "\ud800" alone; it has no other way to ask.
            output.RejectAll("a text in the payload has an escape sequence that is no character");
        }
    }

    private static void DecodeStatus(in DecodeInput input, DeviceId device, ReadOnlySpan<byte> payload, EventBatchBuilder output)
    {
        var text = payload.Trim(" \t\r\n\0"u8);
        var kind = Ascii.EqualsIgnoreCase(text, "online"u8) ? EventKind.DeviceOnline
            : Ascii.EqualsIgnoreCase(text, "offline"u8) ? EventKind.DeviceOffline
            : EventKind.None;
        if (kind == EventKind.None)
        {
            output.Reject($"the status is {JsonText.Quote(payload)}; it must be online or offline");
            return;
        }

        output.Add(new CommunityEvent
        {
            Device = device,
            Kind = kind,
            Time = input.ReceivedAt,
            TimeIsReceipt = true,
            Data = input.IsWill ? OfWill : EventData.Empty,
        });
    }

    // sc/v1/{device}/{channel}: the registry has matched the filters, so that the levels are there.
    private static ReadOnlySpan<char> TopicDevice(string topic, out ReadOnlySpan<char> channel)
    {
        var rest = topic.AsSpan("sc/v1/".Length);
        var slash = rest.IndexOf('/');
        channel = rest[(slash + 1)..];
        return rest[..slash];
    }
}
