using System.Text.Json;
using SmartCommunity.Events;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>Reads "evidence": [{"type"?, "uri"}].</summary>
internal static class EvidenceReader
{
    // What browsers and proxies take for sure; a picture inside the message, as a data: URI, belongs into a store.
    private const int MaxUriLength = 2048;
    private const int MaxTypeLength = 128;
    private const string UnknownType = "application/octet-stream";

    internal static string? Read(ref Utf8JsonReader reader, int maxLinks, ref EventDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return $"{JsonText.Quote(ref reader)}; it must be an array";

        var links = new List<EvidenceLink>();
        string? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            error ??= links.Count >= maxLinks ? $"longer than {maxLinks}" : null;
            if (reader.TokenType == JsonTokenType.StartObject)
                error ??= ReadLink(ref reader, links);
            else
                error ??= $"wrong: it holds {JsonText.Quote(ref reader)}; it must hold objects";
            SkipRest(ref reader);
        }

        draft.Evidence = links;
        return error;
    }

    private static string? ReadLink(ref Utf8JsonReader reader, List<EvidenceLink> links)
    {
        string? type = null;
        string? uri = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isUri = reader.ValueTextEquals("uri"u8);
            reader.Read();
            if ((isType || isUri) && reader.TokenType == JsonTokenType.String)
                _ = isType ? type = reader.GetString() : uri = reader.GetString();
            reader.Skip();
        }

        if (string.IsNullOrWhiteSpace(uri) || uri.Length > MaxUriLength)
            return $"wrong: every entry needs a \"uri\" of at most {MaxUriLength} characters";
        if (type?.Length > MaxTypeLength)
            return $"wrong: a \"type\" has more than {MaxTypeLength} characters";
        links.Add(new EvidenceLink(string.IsNullOrEmpty(type) ? UnknownType : type, uri));
        return null;
    }

    // An object that was not read, because something before it was wrong, is passed over whole.
    private static void SkipRest(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
    }
}
