using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Cases;

/// <summary>The one JSON form of the case library's records, as they cross calls.</summary>
public static class CaseDocuments
{
    /// <summary>camelCase, enums by name, no nulls.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a record.</summary>
    public static CaseDocument Write<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, Json));

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">The document is not of that form.</exception>
    public static T Read<T>(CaseDocument document) => Read<T>(document.Json);

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">The document is not of that form.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize<T>(json.Span, Json) ?? throw new JsonException($"The document of a {typeof(T).Name} is null.");
}
