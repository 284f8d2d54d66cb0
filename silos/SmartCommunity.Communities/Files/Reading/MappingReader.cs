using System.Globalization;
using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads the values of one mapping, reports what is wrong with each, and at the end which keys nobody asked for.</summary>
internal sealed class MappingReader
{
    /// <summary>The longest name, in characters: what fits a line of a phone twice.</summary>
    public const int MaxNameLength = 100;

    private readonly ReadingContext _context;
    private readonly MappingNode? _node;
    private readonly FileMark _mark;
    private readonly string _path;
    private readonly List<string> _asked = [];
    private readonly int _problemsBefore;

    public MappingReader(ReadingContext context, FileNode node, string path)
    {
        _context = context;
        _path = path;
        _mark = node.Mark;
        _problemsBefore = context.Problems.Count;
        _node = node as MappingNode;
        if (_node is null)
        {
            context.Add(path, _mark, FileTexts.NotAMapping(), FileTexts.WriteMapping());
        }
    }

    /// <summary>Whether nothing was wrong since this reader was made.</summary>
    public bool IsRight => _context.Problems.Count == _problemsBefore;

    public string PathOf(string key) => FilePath.Join(_path, key);

    /// <summary>The place of a key's value, or of the mapping when the key is absent.</summary>
    public FileMark MarkOf(string key) => Find(key)?.Value.Mark ?? _mark;

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public FileNode? Node(string key)
    {
        _asked.Add(key);
        return Find(key)?.Value is { } value and not ScalarNode { Text: null } ? value : null;
    }

    public FileText? Text(string key, string? example = null)
    {
        switch (Node(key))
        {
            case ScalarNode scalar:
                return new(scalar.Text!, PathOf(key), scalar.Mark);
            case null when example is not null && _node is not null:
                _context.Add(PathOf(key), _mark, FileTexts.Missing(key), FileTexts.Write(key, example));
                return null;
            case null:
                return null;
            case var other:
                _context.Add(PathOf(key), other.Mark, FileTexts.NotAValue(), FileTexts.WriteValue());
                return null;
        }
    }

    /// <summary>An id that is checked for its form.</summary>
    public TId Id<TId>(string key, string? example) where TId : struct, IIdentifier<TId> => Text(key, example) is { } text && IsId(text) ? TId.FromTrusted(text.Value) : default;

    /// <summary>A reference to something that the file defines; null when it is absent or wrong.</summary>
    public TId? Reference<TId>(string key, IdIndex defined, LocalizedText what, string? example = null) where TId : struct, IIdentifier<TId> =>
        Text(key, example) is { } text && _context.Require(defined, what, text) && Identifier.IsValid(text.Value) ? TId.FromTrusted(text.Value) : null;

    /// <summary>References to things that the file defines.</summary>
    public IEnumerable<TId> References<TId>(string key, IdIndex defined, LocalizedText what) where TId : struct, IIdentifier<TId> =>
        [.. Texts(key).Where(text => _context.Require(defined, what, text) && Identifier.IsValid(text.Value)).Select(text => TId.FromTrusted(text.Value)).Distinct()];

    /// <summary>A name: one text for both languages, or one for each.</summary>
    public LocalizedText? Name(string key, bool required = true)
    {
        var node = Node(key);
        if (node is MappingNode)
        {
            var both = new MappingReader(_context, node, PathOf(key));
            var (zh, en) = (both.Text("zh", "云栖花园"), both.Text("en", "Yunqi Garden"));
            both.Finish();
            return zh is { } chinese && en is { } english && IsName(chinese) && IsName(english) ? new(chinese.Value, english.Value) : null;
        }

        if (node is null)
        {
            if (required && _node is not null)
            {
                _context.Add(PathOf(key), _mark, FileTexts.Missing(key), CommunityTexts.WriteName());
            }

            return null;
        }

        return Text(key) is { } text && IsName(text) ? new(text.Value, text.Value) : null;
    }

    public int? Integer(string key, int least, int most, string? example = null)
    {
        if (Text(key, example) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.NotANumber(text.Value), CommunityTexts.WriteBetween(Show(least), Show(most)));
            return null;
        }

        if (number < least || number > most)
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.OutOfRange(text.Value, Show(least), Show(most)), CommunityTexts.WriteBetween(Show(least), Show(most)));
            return null;
        }

        return number;

        static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (!Durations.TryParse(text.Value, out var value))
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.NotADuration(text.Value), CommunityTexts.WriteDuration());
            return null;
        }

        if (value < least || value > most)
        {
            var (from, to) = (Durations.Format(least), Durations.Format(most));
            _context.Add(text.Path, text.Mark, CommunityTexts.OutOfRange(text.Value, from, to), CommunityTexts.WriteBetween(from, to));
            return null;
        }

        return value;
    }

    public bool Flag(string key, bool standard)
    {
        if (Text(key) is not { } text)
        {
            return standard;
        }

        if (!Scalars.TryParseBoolean(text.Value, out var value))
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.NotYesOrNo(text.Value), CommunityTexts.WriteYesOrNo());
        }

        return value;
    }

    /// <summary>One name of a table.</summary>
    public T? OneOf<T>(string key, LocalizedText what, IReadOnlyDictionary<string, T> table, string? example = null) where T : struct =>
        Text(key, example) is { } text ? Choose(text, what, table) : null;

    /// <summary>Some names of a table.</summary>
    public IEnumerable<T> SomeOf<T>(string key, LocalizedText what, IReadOnlyDictionary<string, T> table) where T : struct =>
        [.. Texts(key).Select(text => Choose(text, what, table)).Where(value => value is not null).Select(value => value!.Value).Distinct()];

    /// <summary>The values of a list; a single value is a list of one.</summary>
    public IReadOnlyList<FileText> Texts(string key)
    {
        if (Node(key) is ScalarNode single)
        {
            return [new(single.Text!, PathOf(key), single.Mark)];
        }

        var texts = new List<FileText>();
        foreach (var (item, path) in Items(key, int.MaxValue))
        {
            if (item is ScalarNode { Text: { } text })
            {
                texts.Add(new(text, path, item.Mark));
            }
            else
            {
                _context.Add(path, item.Mark, FileTexts.NotAValue(), FileTexts.WriteValue());
            }
        }

        return texts;
    }

    /// <summary>The entries of a list.</summary>
    public IEnumerable<(FileNode Node, string Path)> Items(string key, int most)
    {
        var node = Node(key);
        if (node is SequenceNode list)
        {
            if (list.Items.Count > most)
            {
                _context.Add(PathOf(key), list.Mark, FileTexts.TooMany(list.Items.Count, most), FileTexts.SplitOrRemove());
            }

            return list.Items.Take(most).Select((item, index) => (item, FilePath.Index(PathOf(key), index)));
        }

        if (node is not null)
        {
            _context.Add(PathOf(key), node.Mark, FileTexts.NotAList(), FileTexts.WriteList());
        }

        return [];
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var entry in _node?.Entries ?? [])
        {
            if (!_asked.Contains(entry.Key, StringComparer.Ordinal))
            {
                var hint = FileTexts.OneOf(_asked.Distinct(StringComparer.Ordinal), Suggestions.Nearest(entry.Key, _asked));
                _context.Add(PathOf(entry.Key), entry.KeyMark, FileTexts.UnknownKey(entry.Key), hint);
            }
        }
    }

    private FileEntry? Find(string key) => _node?.Entries.FirstOrDefault(entry => entry.Key == key);

    private bool IsId(FileText text)
    {
        if (Identifier.IsValid(text.Value))
        {
            return true;
        }

        _context.Add(text.Path, text.Mark, CommunityTexts.NotAnId(text.Value), CommunityTexts.WriteId());
        return false;
    }

    private bool IsName(FileText text)
    {
        if (string.IsNullOrWhiteSpace(text.Value))
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.NoName(), CommunityTexts.WriteName());
            return false;
        }

        if (text.Value.Length > MaxNameLength)
        {
            _context.Add(text.Path, text.Mark, CommunityTexts.NameTooLong(MaxNameLength), CommunityTexts.ShortenName());
            return false;
        }

        return true;
    }

    private T? Choose<T>(FileText text, LocalizedText what, IReadOnlyDictionary<string, T> table) where T : struct
    {
        if (table.TryGetValue(text.Value, out var value))
        {
            return value;
        }

        _context.Add(text.Path, text.Mark, CommunityTexts.NotOneOf(what, text.Value), FileTexts.OneOf(table.Keys, Suggestions.Nearest(text.Value, table.Keys)));
        return null;
    }
}
