using System.Text;
using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>Reads {"time"?, "values": {metric: number}}.</summary>
internal sealed class TelemetryReader(DecodingOptions options)
{
    internal void Read(ref Utf8JsonReader reader, in MessageContext context, string place, EventBatchBuilder output)
    {
        var time = DeviceTime.Receipt(context.ReceivedAt);
        var usable = true;
        var found = false;
        var values = default(Utf8JsonReader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isTime = reader.ValueTextEquals("time"u8);
            var isValues = reader.ValueTextEquals("values"u8);
            reader.Read();
            if (isTime)
                usable &= ReadTime(ref reader, context, place, output, out time);
            if (isValues)
            {
                // The time may come behind the values: remember where they are.
                values = reader;
                found = true;
            }

            reader.Skip();
        }

        if (!found)
            output.Reject($"{place}there is no \"values\"");
        else if (usable && !(context.IsReplay && time.IsReceipt))
            ReadValues(values, context, time.Value, place, output);
    }

    private bool ReadTime(ref Utf8JsonReader reader, in MessageContext context, string place, EventBatchBuilder output, out DeviceTime time)
    {
        var status = DeviceTime.Read(ref reader, context.ReceivedAt, options, out time);
        if (status != TimeStatus.Usable)
            output.Reject($"{place}\"time\" is {JsonText.Quote(ref reader)}; it must be ISO 8601 with an offset, or epoch milliseconds");
        return status != TimeStatus.WrongType;
    }

    private void ReadValues(Utf8JsonReader reader, in MessageContext context, DateTimeOffset time, string place, EventBatchBuilder output)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            output.Reject($"{place}\"values\" is {JsonText.Quote(ref reader)}; it must be an object");
            return;
        }

        var before = output.Samples.Count + output.Rejected;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (output.Samples.Count >= options.MaxSamples)
            {
                output.Reject($"{place}the message has more than {options.MaxSamples} values");
                return;
            }

            ReadValue(ref reader, context, time, place, output);
        }

        if (output.Samples.Count + output.Rejected == before)
            output.Reject($"{place}\"values\" holds no reading");
    }

    private static void ReadValue(ref Utf8JsonReader reader, in MessageContext context, DateTimeOffset time, string place, EventBatchBuilder output)
    {
        // The usual name has been read before: it needs neither to be checked nor allocated again.
        var known = reader.ValueIsEscaped ? null : KnownIdentifiers.Get(reader.ValueSpan);
        var metric = known ?? (reader.ValueIsEscaped ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
        reader.Read();
        if (known is null && !Metrics.IsValidName(metric))
            output.Reject($"{place}{JsonText.Quote(metric)} can not name a metric");
        else if (JsonScalars.TryReadNumber(ref reader, out var value))
            output.Add(new Sample(context.Device, metric, time, value));
        else if (reader.TokenType != JsonTokenType.Null)
            output.Reject($"{place}the value of \"{metric}\" is {JsonText.Quote(ref reader)}; it must be a number");

        // Null is a failed reading, and so no value; it is no mistake either.
        reader.Skip();
    }
}
