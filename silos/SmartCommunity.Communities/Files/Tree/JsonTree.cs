using System.Text;
using System.Text.Json;
using SmartCommunity.Communities.Texts;

namespace SmartCommunity.Communities.Files.Tree;

/// <summary>Reads JSON. YAML would nearly do, but not where JSON is indented with tabs or escapes letters beyond the first plane.</summary>
internal static class JsonTree
{
    /// <exception cref="FileSyntaxException">The text is no JSON.</exception>
    public static void Read(string text, TreeBuilder builder)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineIndex(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            while (reader.Read())
            {
                Take(ref reader, lines.MarkOf((int)reader.TokenStartIndex), builder);
            }
        }
        catch (JsonException error)
        {
            var mark = new FileMark((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
            throw new FileSyntaxException(mark, FileTexts.NoJson(), FileTexts.CheckSyntax());
        }
    }

    private static void Take(ref Utf8JsonReader reader, FileMark mark, TreeBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                builder.Key(mark, TextOf(ref reader, mark));
                break;
            case JsonTokenType.StartObject:
                builder.OpenMapping(mark);
                break;
            case JsonTokenType.StartArray:
                builder.OpenSequence(mark);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.String:
                builder.Scalar(mark, TextOf(ref reader, mark));
                break;
            case JsonTokenType.Null:
                builder.Scalar(mark, text: null);
                break;
            default:
                builder.Scalar(mark, Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }

    private static string TextOf(ref Utf8JsonReader reader, FileMark mark)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            throw new FileSyntaxException(mark, FileTexts.NoJson(), FileTexts.CheckSyntax());
        }
    }

    /// <summary>Finds line and column of a byte.</summary>
    private sealed class LineIndex
    {
        private readonly byte[] _bytes;
        private int _line = 1;
        private int _lineStart;
        private int _at;

        public LineIndex(byte[] bytes) => _bytes = bytes;

        /// <summary>Offsets must not fall.</summary>
        public FileMark MarkOf(int offset)
        {
            for (; _at < offset; _at++)
            {
                if (_bytes[_at] == '\n')
                {
                    _line++;
                    _lineStart = _at + 1;
                }
            }

            return new(_line, Encoding.UTF8.GetCharCount(_bytes, _lineStart, offset - _lineStart) + 1);
        }
    }
}
