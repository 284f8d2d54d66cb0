using System.Text.Json;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Gateway.Decoding.Json;

/// <summary>What stays the same while one message is read.</summary>
/// <param name="Device">The device that it speaks for.</param>
/// <param name="ReceivedAt">When the gateway took it.</param>
/// <param name="Payload">The JSON.</param>
/// <param name="IsReplay">It says how things stood, and is no news.</param>
internal readonly record struct MessageContext(DeviceId Device, DateTimeOffset ReceivedAt, ReadOnlyMemory<byte> Payload, bool IsReplay = false);

/// <summary>Reads one object; the reader stands on its start, and afterwards on its end.</summary>
internal delegate void JsonItemReader(ref Utf8JsonReader reader, in MessageContext context, string place, EventBatchBuilder output);

/// <summary>A message that is one object, or an array of them.</summary>
internal static class JsonItems
{
    internal static void ReadAll(ref Utf8JsonReader reader, in MessageContext context, JsonItemReader read, EventBatchBuilder output)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                read(ref reader, context, "", output);
                break;
            case JsonTokenType.StartArray:
                ReadArray(ref reader, context, read, output);
                break;
            default:
                output.Reject($"the payload is {JsonText.Quote(ref reader)}; it must be an object or an array of objects");
                break;
        }

        // Whatever follows is not part of the JSON; reading it makes the reader say so.
        while (reader.Read())
        {
        }
    }

    private static void ReadArray(ref Utf8JsonReader reader, in MessageContext context, JsonItemReader read, EventBatchBuilder output)
    {
        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                read(ref reader, context, $"item {index + 1}: ", output);
                continue;
            }

            output.Reject($"item {index + 1}: it is {JsonText.Quote(ref reader)}; it must be an object");
            reader.Skip();
        }

        if (index == 0)
            output.Reject("the array is empty");
    }
}
