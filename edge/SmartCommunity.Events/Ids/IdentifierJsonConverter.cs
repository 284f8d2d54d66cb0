using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCommunity.Events.Ids;

/// <summary>Writes an id as its text, and checks it when it is read.</summary>
public sealed class IdentifierJsonConverter<TId> : JsonConverter<TId> where TId : struct, IIdentifier<TId>
{
    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Identifier.FindError(text) is { } error ? throw new JsonException($"The {typeof(TId).Name} {error}.") : TId.FromTrusted(text!);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Identifier.Parse<TId>(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);
}
