using System.Text;
using System.Text.Json;

namespace SmartCommunity.Events;

/// <summary>The free part of an event: a JSON object, kept as it came and read on demand.</summary>
public sealed class EventData : IEquatable<EventData>
{
    /// <summary>An event that says nothing else.</summary>
    public static EventData Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    private JsonElement? _root;

    private EventData(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>The JSON object in UTF-8; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Wraps a JSON object that has been checked before. The bytes are kept, not copied, and must not change any more.</summary>
    public static EventData FromTrustedUtf8(ReadOnlyMemory<byte> json) => json.IsEmpty ? Empty : new(json);

    /// <summary>Serializes an anonymous object or dictionary.</summary>
    public static EventData FromObject<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value));

    /// <summary>Checks and wraps the text of a JSON object.</summary>
    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static EventData Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new(Encoding.UTF8.GetBytes(json))
            : throw new JsonException("The data of an event must be a JSON object.");
    }

    /// <summary>A text field, or a number written as text; null when it is absent or of another type.</summary>
    public string? GetString(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } element => element.GetString(),
        { ValueKind: JsonValueKind.Number } element => element.GetRawText(),
        _ => null,
    };

    /// <summary>A finite number, also when written as text; null when it is absent or of another type.</summary>
    public double? GetNumber(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } element when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
        { ValueKind: JsonValueKind.String } element when Scalars.TryParseNumber(element.GetString(), out var number) => number,
        _ => null,
    };

    /// <summary>A boolean in any of the spellings that devices use; null when it is absent or none of them.</summary>
    public bool? GetBoolean(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } element when element.TryGetDouble(out var number) => number != 0,
        { ValueKind: JsonValueKind.String } element when Scalars.TryParseBoolean(element.GetString(), out var value) => value,
        _ => null,
    };

    /// <inheritdoc/>
    public bool Equals(EventData? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Utf8.IsEmpty ? "{}" : Encoding.UTF8.GetString(Utf8.Span);

    private JsonElement? Find(string name)
    {
        if (Utf8.IsEmpty)
        {
            return null;
        }

        _root ??= JsonElement.Parse(Utf8.Span);
        return _root.Value.ValueKind == JsonValueKind.Object && _root.Value.TryGetProperty(name, out var element) ? element : null;
    }
}
