using SmartCommunity.Communities.Files.Reading;
using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Files.Writing;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;

namespace SmartCommunity.Communities.Files;

/// <summary>The community file: one community's places, devices, people and rules, in YAML or JSON.</summary>
/// <remarks>
/// <code>
/// id: yunqi                      # ids: 1 to 64 of A-Z a-z 0-9 . _ -
/// name: {zh: 云栖花园, en: Yunqi Garden}   # or one text for both
/// timeZone: Asia/Shanghai
/// grids:     [{id, name, worker}]
/// buildings: [{id, name, grid, floors, basements?, unitsPerFloor?, facades?}]
/// zones:     [{id, name, kind, grid | building, parkingGrace?}]
/// devices:   [{id, kind, name, building | zone | grid, facade?, floor?, unit?, silentAfter?}]
/// people:    [{id, name, roles, grids?}]
/// rules:     [{id, policy, version?, name?, enabled?, severity?, dispatch?, where?: {deviceKinds, grids, buildings, zones, devices}, with?: {…}}]
/// </code>
/// A device is in the building of its zone, and in the grid of its building or zone, where it does not say. Durations are written 90s, 5m, 2h, 1d.
/// </remarks>
public static class CommunityFile
{
    /// <summary>Reads and checks a file whole; every problem is reported at once.</summary>
    /// <param name="yamlOrJson">The text; what begins with a brace is JSON.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    public static CommunityFileResult Parse(string yamlOrJson, CommunityFileLimits? limits = null)
    {
        limits ??= new();
        var problems = new ProblemList(limits.MaxProblems);
        var community = Read(yamlOrJson, limits, problems);
        return new(problems.Count == 0 ? community : null, problems.ToList());
    }

    /// <summary>Writes a community as YAML; <see cref="Parse"/> reads the same community from it.</summary>
    public static string Write(Community community) => YamlWriter.Write(CommunityTree.Of(community));

    /// <summary>Writes a community as indented JSON; <see cref="Parse"/> reads the same community from it.</summary>
    public static string WriteJson(Community community) => JsonWriter.Write(CommunityTree.Of(community));

    private static Community? Read(string text, CommunityFileLimits limits, ProblemList problems)
    {
        if (text.Length > limits.MaxCharacters)
        {
            problems.Add("", default, FileTexts.TooLong(limits.MaxCharacters), FileTexts.SplitIt());
            return null;
        }

        try
        {
            var tree = new TreeBuilder(problems, limits.MaxDepth);
            var content = text.TrimStart('\uFEFF');
            if (content.AsSpan().TrimStart().StartsWith("{"))
            {
                JsonTree.Read(content, tree);
            }
            else
            {
                YamlTree.Read(content, tree);
            }

            return Read(tree.Root, limits, problems);
        }
        catch (FileSyntaxException error)
        {
            problems.Add("", error.Mark, error.What, error.Advice);
            return null;
        }
    }

    private static Community? Read(FileNode? root, CommunityFileLimits limits, ProblemList problems)
    {
        if (root is MappingNode file)
        {
            return CommunityReader.Read(file, new(problems, limits));
        }

        var isEmpty = root is null or ScalarNode { Text: null };
        problems.Add("", root?.Mark ?? default, isEmpty ? FileTexts.Empty() : FileTexts.NotAMapping(), FileTexts.SeeSample());
        return null;
    }
}
