using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Stores.Incidents;

/// <summary>Cases and transitions as JSON, the form in which stores keep them.</summary>
/// <remarks>A later version may add fields that are not required; it never takes one away or gives one another meaning.</remarks>
public static class IncidentJson
{
    private static readonly IncidentJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        // Chinese as it is: half the bytes, and readable with the database's own tools.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>A case in UTF-8.</summary>
    public static byte[] Write(Incident incident) => JsonSerializer.SerializeToUtf8Bytes(incident, Context.Incident);

    /// <summary>A transition in UTF-8.</summary>
    public static byte[] Write(Transition transition) => JsonSerializer.SerializeToUtf8Bytes(transition, Context.Transition);

    /// <summary>Reads a case.</summary>
    /// <exception cref="JsonException">The bytes are no case.</exception>
    public static Incident ReadIncident(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Context.Incident) ?? throw new JsonException("There is no case.");

    /// <summary>Reads a transition.</summary>
    /// <exception cref="JsonException">The bytes are no transition.</exception>
    public static Transition ReadTransition(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Context.Transition) ?? throw new JsonException("There is no transition.");
}

[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(Transition))]
internal sealed partial class IncidentJsonContext : JsonSerializerContext;
