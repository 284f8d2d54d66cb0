using SmartCommunity.Communities.Texts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmartCommunity.Communities.Files.Tree;

/// <summary>Reads YAML 1.2 as far as a configuration file needs it: no anchors, aliases, tags or second documents.</summary>
internal static class YamlTree
{
    /// <exception cref="FileSyntaxException">The text is no YAML.</exception>
    public static void Read(string text, TreeBuilder builder)
    {
        var parser = new Parser(new StringReader(text));
        for (var documents = 0; MoveNext(parser);)
        {
            documents += parser.Current is DocumentStart ? 1 : 0;
            if (documents > 1)
            {
                throw new FileSyntaxException(MarkOf(parser.Current!.Start), FileTexts.SecondDocument(), FileTexts.OneDocument());
            }

            Take(parser.Current!, builder);
        }
    }

    // Besides its own exception, YamlDotNet's scanner lets one of the framework's through where a text breaks off oddly.
    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException error)
        {
            throw new FileSyntaxException(MarkOf(error.Start), FileTexts.NoYaml(Reason(error)), FileTexts.CheckSyntax());
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw new FileSyntaxException(MarkOf(parser.Current?.End ?? Mark.Empty), FileTexts.NoYaml(error.Message), FileTexts.CheckSyntax());
        }
    }

    private static void Take(ParsingEvent item, TreeBuilder builder)
    {
        var mark = MarkOf(item.Start);
        if (item is AnchorAlias || (item is NodeEvent node && (!node.Anchor.IsEmpty || (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific))))
        {
            throw new FileSyntaxException(mark, FileTexts.NoAnchors(), FileTexts.WriteItOut());
        }

        if (builder.WantsKey && item is not (MappingEnd or DocumentEnd))
        {
            builder.Key(mark, item is Scalar key ? key.Value : throw new FileSyntaxException(mark, FileTexts.KeyIsNoText(), FileTexts.CheckSyntax()));
            return;
        }

        switch (item)
        {
            case Scalar scalar:
                builder.Scalar(mark, IsNull(scalar) ? null : scalar.Value);
                break;
            case MappingStart:
                builder.OpenMapping(mark);
                break;
            case SequenceStart:
                builder.OpenSequence(mark);
                break;
            case MappingEnd or SequenceEnd:
                builder.Close();
                break;
        }
    }

    private static bool IsNull(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private static FileMark MarkOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    // YamlDotNet puts the place in front of its sentence; we state it ourselves.
    private static string Reason(YamlException error) => error.InnerException?.Message ?? error.Message[(error.Message.LastIndexOf("): ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
}
