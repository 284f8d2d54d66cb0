using System.Text.RegularExpressions;
using SmartCommunity.Conventions.Tests.Sources;

namespace SmartCommunity.Conventions.Tests;

/// <summary>Nothing half done is left lying about.</summary>
public sealed partial class LeftoverTests
{
    [Fact]
    public void No_marker_of_unfinished_work() => Lines(SourceTree.CSharp, Unfinished()).ShouldBeEmpty();

    /// <summary>A bare catch may clean up, when it throws on.</summary>
    [Fact]
    public void No_bare_catch_that_swallows() =>
        (from file in SourceTree.CSharp
         from line in file.Lines.Index()
         where BareCatch().IsMatch(line.Item) && !file.Lines.Skip(line.Index).Take(10).Any(below => below.Trim() == "throw;")
         select $"{file.Path}:{line.Index + 1}").ShouldBeEmpty();

    [Fact]
    public void No_commented_out_code() => Lines(SourceTree.CSharp, CommentedCode()).ShouldBeEmpty();

    [Fact]
    public void Log_event_ids_are_unique()
    {
        var ids = from file in SourceTree.Product
                  from line in file.Lines
                  let match = LogEvent().Match(line)
                  where match.Success
                  select match.Groups[1].Value;
        ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void The_root_holds_only_what_the_design_names()
    {
        string[] known = ["edge", "silos", "tests", "simulators", "SmartCommunity.sln", "README.md", "ARCHITECTURE.md", "LICENSE"];
        Directory.EnumerateFileSystemEntries(SourceTree.Root).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.') && !known.Contains(name) && !Configuration().IsMatch(name!) && name is not ("data" or "artifacts"))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Lines(IEnumerable<SourceFile> files, Regex pattern) =>
        from file in files
        where !file.Path.StartsWith("tests/SmartCommunity.Conventions.Tests/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where pattern.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|Skip\s*=\s*""")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*catch\s*$|catch\s*\{")]
    private static partial Regex BareCatch();

    [GeneratedRegex(@"^\s*//(?!/)\s*(var |if \(|for \(|return |await |public |private |using ).*[;{]\s*$")]
    private static partial Regex CommentedCode();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex LogEvent();

    [GeneratedRegex(@"^(Directory\..*|global\.json|BannedSymbols\.txt|nuget\.config)$", RegexOptions.IgnoreCase)]
    private static partial Regex Configuration();
}
