using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartCommunity.Communities.Files.Tree;

namespace SmartCommunity.Communities.Files.Writing;

/// <summary>Writes a tree as YAML: sections as blocks, what is in them in one line each.</summary>
internal static class YamlWriter
{
    // Letters that mean something to YAML somewhere in a text; with any of them we quote.
    private static readonly SearchValues<char> Special = SearchValues.Create(":{}[],&*#?|-<>=!%@`\"'\\\t\r\n");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static string Write(MappingNode root)
    {
        var builder = new StringBuilder();
        foreach (var entry in root.Entries)
        {
            if (entry.Value is SequenceNode section)
            {
                builder.Append('\n').Append(entry.Key).Append(":\n");
                foreach (var item in section.Items)
                {
                    builder.Append("  - ");
                    WriteInline(builder, item);
                    builder.Append('\n');
                }
            }
            else
            {
                builder.Append(entry.Key).Append(": ");
                WriteInline(builder, entry.Value);
                builder.Append('\n');
            }
        }

        return builder.ToString();
    }

    private static void WriteInline(StringBuilder builder, FileNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                builder.Append('{');
                for (var i = 0; i < mapping.Entries.Count; i++)
                {
                    builder.Append(i == 0 ? "" : ", ").Append(mapping.Entries[i].Key).Append(": ");
                    WriteInline(builder, mapping.Entries[i].Value);
                }

                builder.Append('}');
                break;
            case SequenceNode sequence:
                builder.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    builder.Append(i == 0 ? "" : ", ");
                    WriteInline(builder, sequence.Items[i]);
                }

                builder.Append(']');
                break;
            case ScalarNode scalar:
                builder.Append(Scalar(scalar.Text!));
                break;
        }
    }

    // JSON strings are YAML strings. Ids with hyphens inside stay plain: a hyphen means something only in front.
    private static string Scalar(string text)
    {
        var isPlain = text.Length > 0 && char.IsLetterOrDigit(text[0]) && char.IsLetterOrDigit(text[^1])
            && !text.Replace('-', '_').AsSpan().ContainsAny(Special) && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)) && !IsOtherType(text);
        return isPlain ? text : JsonSerializer.Serialize(text, Options);
    }

    // Readers of YAML 1.1 take «no» for false, «0123» for octal, «1_000» for a number and «12:30» for sexagesimal.
    private static bool IsOtherType(string text) =>
        text.ToLowerInvariant() is "null" or "yes" or "no" or "on" or "off" or "y" or "n"
        || (text.AsSpan().ContainsAny(Digits) && text is ['0', _, ..] && !text.AsSpan().ContainsAnyExcept(Digits))
        || (text.Contains('_', StringComparison.Ordinal) && char.IsDigit(text[0]));

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
