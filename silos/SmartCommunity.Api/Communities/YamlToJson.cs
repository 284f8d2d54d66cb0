using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartCommunity.Api.Communities;

/// <summary>A YAML document as JSON with the same members, so that either form can be read, edited and put back.</summary>
internal static class YamlToJson
{
    public static JsonNode? Convert(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => ConvertPlain(plain.Value),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"A YAML {node.NodeType} has no JSON form."),
    };

    // Only what reads back as the same text becomes a number: 007 and 1e3 stay texts, because they may be unit names.
    private static JsonValue? ConvertPlain(string? text) => text switch
    {
        null or "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number.ToString(System.Globalization.CultureInfo.InvariantCulture) == text
            => JsonValue.Create(number),
        _ when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            && real.ToString("R", System.Globalization.CultureInfo.InvariantCulture) == text => JsonValue.Create(real),
        _ => JsonValue.Create(text),
    };
}
