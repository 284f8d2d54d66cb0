using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>Reads {"id"?, "kind", "time"?, "confidence"?, "data"?, "evidence"?}. An event with a field of a wrong type is no event.</summary>
internal sealed class EventReader(DecodingOptions options)
{
    internal void Read(ref Utf8JsonReader reader, in MessageContext context, string place, EventBatchBuilder output)
    {
        var draft = new EventDraft { Time = DeviceTime.Receipt(context.ReceivedAt) };
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            var error = ReadField(ref reader, field, context, ref draft);
            if (error is not null)
                draft.Error ??= $"\"{NameOf(field)}\" is {error}";
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
        }

        draft.Error ??= draft.Kind == EventKind.None ? "there is no \"kind\"" : null;
        draft.Error ??= output.Events.Count >= options.MaxEvents ? $"the message has more than {options.MaxEvents} events" : null;
        if (draft.Error is not null)
        {
            output.Reject(place + draft.Error);
            return;
        }

        if (draft.Doubt is not null)
            output.Reject(place + draft.Doubt);
        output.Add(draft.ToEvent(context.Device));
    }

    // What is wrong with the value, or null. A value that is refused is skipped by the caller.
    private string? ReadField(ref Utf8JsonReader reader, Field field, in MessageContext context, ref EventDraft draft)
    {
        if (reader.TokenType == JsonTokenType.Null && field != Field.Kind)
            return null;

        return field switch
        {
            Field.Id => ReadId(ref reader, ref draft),
            Field.Kind => ReadKind(ref reader, ref draft),
            Field.Time => ReadTime(ref reader, context, ref draft),
            Field.Confidence => ReadConfidence(ref reader, ref draft),
            Field.Data => EventDataReader.Read(ref reader, context, ref draft),
            Field.Evidence => EvidenceReader.Read(ref reader, options.MaxEvidence, ref draft),
            _ => null,
        };
    }

    private static string? ReadId(ref Utf8JsonReader reader, ref EventDraft draft)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            return $"{JsonText.Quote(ref reader)}; it must be a text";
        var id = reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        if (id.Length > CommunityEvent.MaxIdLength)
            return $"{id.Length} characters long; at most {CommunityEvent.MaxIdLength} are allowed";
        draft.Id = id;
        return null;
    }

    private static string? ReadKind(ref Utf8JsonReader reader, ref EventDraft draft)
    {
        if (reader.TokenType != JsonTokenType.String)
            return $"{JsonText.Quote(ref reader)}; it must be a text";
        if (!EventKinds.TryParse(reader.GetString(), out var kind))
            return $"{JsonText.Quote(ref reader)}, which is no known kind";
        draft.Kind = kind;
        return null;
    }

    private string? ReadTime(ref Utf8JsonReader reader, in MessageContext context, ref EventDraft draft)
    {
        var status = DeviceTime.Read(ref reader, context.ReceivedAt, options, out draft.Time);
        if (status == TimeStatus.Usable)
            return null;

        var error = $"{JsonText.Quote(ref reader)}; it must be ISO 8601 with an offset, or epoch milliseconds";
        if (status == TimeStatus.WrongType)
            return error;

        // An alarm is not lost over a clock that was never set: it counts from its receipt, and the message is shown as well.
        draft.Doubt = $"\"time\" is {error}";
        return null;
    }

    private static string? ReadConfidence(ref Utf8JsonReader reader, ref EventDraft draft)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || !JsonScalars.TryReadNumber(ref reader, out var value) || value is < 0 or > 1)
            return $"{JsonText.Quote(ref reader)}; it must be a number from 0 to 1";
        draft.Confidence = value;
        return null;
    }

    private static Field FieldOf(ref Utf8JsonReader reader)
        => reader.ValueTextEquals("id"u8) ? Field.Id
            : reader.ValueTextEquals("kind"u8) ? Field.Kind
            : reader.ValueTextEquals("time"u8) ? Field.Time
            : reader.ValueTextEquals("confidence"u8) ? Field.Confidence
            : reader.ValueTextEquals("data"u8) ? Field.Data
            : reader.ValueTextEquals("evidence"u8) ? Field.Evidence
            : Field.Other;

    private static string NameOf(Field field) => field switch
    {
        Field.Id => "id",
        Field.Kind => "kind",
        Field.Time => "time",
        Field.Confidence => "confidence",
        Field.Data => "data",
        _ => "evidence",
    };

    private enum Field : byte
    {
        /// <summary>A field that this version does not know; later ones may.</summary>
        Other,
        Id,
        Kind,
        Time,
        Confidence,
        Data,
        Evidence,
    }
}
