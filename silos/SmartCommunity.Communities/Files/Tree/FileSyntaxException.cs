using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Files.Tree;

/// <summary>The text is no YAML or JSON from some place on, so that nothing after it can be read. Never leaves this assembly.</summary>
internal sealed class FileSyntaxException(FileMark mark, LocalizedText what, LocalizedText advice) : FormatException(what.En)
{
    public FileMark Mark => mark;

    public LocalizedText What => what;

    public LocalizedText Advice => advice;
}
