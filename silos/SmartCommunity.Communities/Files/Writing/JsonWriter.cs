using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartCommunity.Communities.Files.Tree;

namespace SmartCommunity.Communities.Files.Writing;

/// <summary>Writes a tree as JSON. The keys that count something are numbers, <c>enabled</c> is a boolean, all else is text.</summary>
internal static class JsonWriter
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "floors", "basements", "unitsPerFloor", "floor", "version" };

    public static string Write(MappingNode root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteNode(writer, root, key: "");
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteNode(Utf8JsonWriter writer, FileNode node, string key)
    {
        switch (node)
        {
            case MappingNode mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    WriteNode(writer, entry.Value, key == "with" ? "" : entry.Key);
                }

                writer.WriteEndObject();
                break;
            case SequenceNode sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    WriteNode(writer, item, key: "");
                }

                writer.WriteEndArray();
                break;
            case ScalarNode scalar when Numbers.Contains(key):
                writer.WriteNumberValue(int.Parse(scalar.Text!, CultureInfo.InvariantCulture));
                break;
            case ScalarNode scalar when key == "enabled":
                writer.WriteBooleanValue(scalar.Text == "true");
                break;
            case ScalarNode scalar:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }
}
