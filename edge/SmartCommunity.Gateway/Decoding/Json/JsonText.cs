using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SmartCommunity.Gateway.Decoding.Json;

/// <summary>Small helpers for payloads that should be text.</summary>
internal static class JsonText
{
    // A reason quotes what was wrong, but not a whole picture in base64.
    private const int MaxQuoted = 40;

    /// <summary>Some devices write U+FEFF first; JSON does not allow it.</summary>
    internal static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> payload)
        => payload.Span.StartsWith("\uFEFF"u8) ? payload[3..] : payload;

    internal static bool IsUtf8(ReadOnlySpan<byte> payload) => Utf8.IsValid(payload);

    /// <summary>Bytes as a short quoted text for a reason.</summary>
    internal static string Quote(ReadOnlySpan<byte> utf8)
        => Quote(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * MaxQuoted)]));

    /// <summary>A text, shortened and quoted, for a reason.</summary>
    internal static string Quote(string text)
    {
        var shown = text.Length > MaxQuoted ? string.Concat(text.AsSpan(0, MaxQuoted), "…") : text;
        return "\"" + string.Concat(shown.Select(character => char.IsControl(character) ? ' ' : character)) + "\"";
    }

    /// <summary>The token that the reader stands on, for a reason.</summary>
    internal static string Quote(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        JsonTokenType.String => Quote(reader.GetString()!),
        _ => Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, MaxQuoted)]),
    };

    /// <summary>Where the JSON breaks; the library's own message goes on with hints for its callers.</summary>
    internal static string Describe(JsonException reason)
    {
        var text = reason.Message;
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var what = (end > 0 ? text[..end] : text).TrimEnd('.', ' ');
        return $"{what} (line {reason.LineNumber + 1}, byte {reason.BytePositionInLine + 1})";
    }
}
