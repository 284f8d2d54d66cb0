using System.Diagnostics.CodeAnalysis;
using SmartCommunity.Communities.Texts;

namespace SmartCommunity.Communities.Files.Tree;

/// <summary>Puts a tree together from the parts that a YAML or JSON reader finds.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="maxDepth">The deepest nesting.</param>
internal sealed class TreeBuilder(ProblemList problems, int maxDepth)
{
    private readonly Stack<Level> _levels = new();

    /// <summary>The whole, when everything that was opened is closed again.</summary>
    public FileNode? Root { get; private set; }

    /// <summary>Whether a key comes next.</summary>
    public bool WantsKey => _levels.TryPeek(out var level) && level is { Entries: not null, Key: null };

    public void Key(FileMark mark, string key)
    {
        var level = _levels.Peek();
        level.Key = key;
        level.KeyMark = mark;
    }

    public void Scalar(FileMark mark, string? text) => Add(new ScalarNode(mark, text));

    public void OpenMapping(FileMark mark) => Push(new() { Mark = mark, Entries = [] });

    public void OpenSequence(FileMark mark) => Push(new() { Mark = mark, Items = [] });

    public void Close()
    {
        var level = _levels.Pop();
        Add(level.Entries is { } entries ? new MappingNode(level.Mark, entries) : new SequenceNode(level.Mark, level.Items!));
    }

    private void Push(Level level)
    {
        if (_levels.Count >= maxDepth)
        {
            ThrowTooDeep(level.Mark);
        }

        _levels.Push(level);
    }

    private void Add(FileNode node)
    {
        if (!_levels.TryPeek(out var level))
        {
            Root = node;
        }
        else if (level.Items is { } items)
        {
            items.Add(node);
        }
        else if (level.Key is { } key)
        {
            level.Key = null;
            if (level.Keys.Add(key))
            {
                level.Entries!.Add(new(key, level.KeyMark, node));
            }
            else
            {
                problems.Add(PathTo(key), level.KeyMark, FileTexts.DuplicateKey(key), FileTexts.RemoveOne());
            }
        }
    }

    private string PathTo(string key)
    {
        var path = "";
        foreach (var level in _levels.Reverse().SkipLast(1))
        {
            path = level.Items is { } items ? FilePath.Index(path, items.Count) : FilePath.Join(path, level.Key ?? "");
        }

        return FilePath.Join(path, key);
    }

    [DoesNotReturn]
    private void ThrowTooDeep(FileMark mark) => throw new FileSyntaxException(mark, FileTexts.TooDeep(maxDepth), FileTexts.SeeSample());

    private sealed class Level
    {
        public required FileMark Mark { get; init; }

        public List<FileEntry>? Entries { get; init; }

        public List<FileNode>? Items { get; init; }

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public string? Key { get; set; }

        public FileMark KeyMark { get; set; }
    }
}
