using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>What the readers of the sections share: the problems, and which ids the file defines.</summary>
internal sealed class ReadingContext(ProblemList problems, CommunityFileLimits limits)
{
    public ProblemList Problems => problems;

    public CommunityFileLimits Limits => limits;

    /// <summary>The ids of each section as they stand in the file, whether or not the rest of their entry is right.</summary>
    public IdIndex Grids { get; } = new();

    public IdIndex Buildings { get; } = new();

    public IdIndex Zones { get; } = new();

    public IdIndex Devices { get; } = new();

    public IdIndex People { get; } = new();

    public IdIndex Rules { get; } = new();

    /// <summary>The buildings that are right, by id.</summary>
    public Dictionary<string, Building> KnownBuildings { get; } = new(StringComparer.Ordinal);

    /// <summary>The zones that are right, by id.</summary>
    public Dictionary<string, Zone> KnownZones { get; } = new(StringComparer.Ordinal);

    /// <summary>The people who are right, by id.</summary>
    public Dictionary<string, Person> KnownPeople { get; } = new(StringComparer.Ordinal);

    public void Add(string path, FileMark mark, LocalizedText what, LocalizedText advice) => problems.Add(path, mark, what, advice);

    /// <summary>Reports a reference to something that the file does not define.</summary>
    public bool Require(IdIndex defined, LocalizedText what, FileText reference)
    {
        if (defined.Contains(reference.Value))
        {
            return true;
        }

        Add(reference.Path, reference.Mark, CommunityTexts.Unknown(what, reference.Value), CommunityTexts.Defined(what, Suggestions.Nearest(reference.Value, defined.Ids)));
        return false;
    }
}

/// <summary>The ids that a section defines.</summary>
internal sealed class IdIndex
{
    private readonly Dictionary<string, string> _pathById = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Ids => _pathById.Keys;

    public bool Contains(string id) => _pathById.ContainsKey(id);

    /// <summary>Defines an id.</summary>
    /// <returns>Where it is defined already, or null.</returns>
    public string? Add(string id, string path) => _pathById.TryAdd(id, path) ? null : _pathById[id];

    public string? Find(string id) => _pathById.GetValueOrDefault(id);
}

/// <summary>A value of the file with its place.</summary>
internal readonly record struct FileText(string Value, string Path, FileMark Mark);
