using System.Text.RegularExpressions;

namespace SmartCommunity.Mqtt.Tests.Statements;

/// <summary>A row of the tables beside this file: a normative statement, and the tests that check it or the reason why none does.</summary>
/// <param name="Version">3.1.1 or 5.0.</param>
/// <param name="Id">Its number without the letters: 3.1.2-24.</param>
/// <param name="Tests">(project, class, method); empty when it does not apply.</param>
/// <param name="Reason">Why it does not apply; empty otherwise.</param>
public sealed record StatementRow(string Version, string Id, IReadOnlyList<(string Project, string Class, string Method)> Tests, string Reason)
{
    /// <summary>The chapter, or for control packets the section: 1, 2, 3.1, 3.2 … 4, 6.</summary>
    public string Chapter => Id.StartsWith("3.", StringComparison.Ordinal) ? string.Join('.', Id.Split('.').Take(2)) : Id.Split('.')[0];
}

/// <summary>Reads the tables from the sources.</summary>
public static partial class StatementTable
{
    private static readonly Dictionary<string, string> Projects = new(StringComparer.Ordinal)
    {
        ["P"] = "SmartCommunity.Mqtt.Tests",
        ["S"] = "SmartCommunity.Mqtt.Server.Tests",
        ["C"] = "SmartCommunity.Mqtt.Client.Tests",
        ["F"] = "SmartCommunity.Fuzz",
    };

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<StatementRow> Read(string version)
    {
        var file = Path.Combine(Root, "tests", "SmartCommunity.Mqtt.Tests", "Statements", $"statements-{version}.txt");
        return [.. File.ReadLines(file).Where(l => l.Length > 0 && l[0] != '#').Select(l => Parse(version, l))];
    }

    /// <summary>The text of every C# file below a folder of the repository.</summary>
    public static IEnumerable<(string File, string Text)> Sources(params string[] folder) => Directory
        .EnumerateFiles(Path.Combine([Root, .. folder]), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(f => (f, File.ReadAllText(f)));

    private static StatementRow Parse(string version, string line)
    {
        var parts = line.Split('|');
        parts.Length.ShouldBe(3, line);
        IdFormat().IsMatch(parts[0]).ShouldBeTrue(line);
        parts[1].ShouldNotBeNullOrWhiteSpace(line);
        if (parts[2].StartsWith("n/a: ", StringComparison.Ordinal)) return new StatementRow(version, parts[0], [], parts[2][5..]);
        return new StatementRow(version, parts[0], [.. parts[2].Split(", ").Select(t => ParseTest(t, line))], "");
    }

    private static (string Project, string Class, string Method) ParseTest(string test, string line)
    {
        var match = TestFormat().Match(test);
        match.Success.ShouldBeTrue(line);
        return (Projects[match.Groups[1].Value], match.Groups[2].Value, match.Groups[3].Value);
    }

    private static string FindRoot()
    {
        for (var folder = Directory.GetCurrentDirectory(); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "SmartCommunity.sln"))) return folder;
        for (var folder = SourceFolder(); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "SmartCommunity.sln"))) return folder;
        throw new InvalidOperationException("The root of the repository is not above this test.");
    }

    private static string? SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file);

    [GeneratedRegex(@"^\d+(\.\d+)+-\d+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IdFormat();

    [GeneratedRegex(@"^([PSCF]) (\w+)\.(\w+)$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TestFormat();
}
