using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>Reads "data": an object that is kept as it came; its "active" says whether the situation starts or ends.</summary>
internal static class EventDataReader
{
    internal static string? Read(ref Utf8JsonReader reader, in MessageContext context, ref EventDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return $"{JsonText.Quote(ref reader)}; it must be an object";

        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        string? error = null;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            CheckEscapes(ref reader);
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 1 || !reader.ValueTextEquals("active"u8))
                continue;
            reader.Read();
            CheckEscapes(ref reader);
            if (reader.TokenType != JsonTokenType.Null)
                error ??= ReadActive(ref reader, ref draft);
        }

        // The payload is the endpoint's; the event outlives it only as bytes in the journal, but is copied for those who keep it longer.
        draft.Data = EventData.FromTrustedUtf8(context.Payload[start..(int)reader.BytesConsumed].ToArray());
        return error;
    }

    // The object is kept as it came: a text that can not be read must not get to those who read it later.
    private static void CheckEscapes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            _ = reader.GetString();
    }

    private static string? ReadActive(ref Utf8JsonReader reader, ref EventDraft draft)
    {
        if (!JsonScalars.TryReadBoolean(ref reader, out var active))
            return $"wrong: its \"active\" is {JsonText.Quote(ref reader)}; it must be true or false";
        draft.Phase = active ? EventPhase.Start : EventPhase.Stop;
        return null;
    }
}
