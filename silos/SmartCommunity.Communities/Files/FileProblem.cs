using System.Globalization;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Files;

/// <summary>Something that is wrong with a community file.</summary>
/// <param name="Path">Where in the structure, for example <c>devices[17].zone</c>; empty for the file as a whole.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Advice">What to write instead.</param>
/// <param name="Line">Where in the text, from 1; null when there is no such place.</param>
/// <param name="Column">Where in the line, from 1.</param>
public sealed record FileProblem(string Path, LocalizedText What, LocalizedText Advice, int? Line = null, int? Column = null)
{
    /// <summary>What is wrong, in English, with the line.</summary>
    public string Message => Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{What.En} (line {line}, column {Column})") : What.En;

    /// <summary>What to write instead, in English.</summary>
    public string Hint => Advice.En;

    /// <inheritdoc/>
    public override string ToString() => $"{(Path.Length > 0 ? Path + ": " : "")}{Message} {Hint}";
}

/// <summary>What reading a community file gave.</summary>
/// <param name="Community">The community; null when there is any problem.</param>
/// <param name="Problems">Every problem, in the order of the file.</param>
public sealed record CommunityFileResult(Community? Community, IReadOnlyList<FileProblem> Problems);
