namespace SmartCommunity.Conventions.Tests.Sources;

/// <summary>The checkout that the tests were built from, as text.</summary>
internal static class SourceTree
{
    private static readonly string[] Parts = ["edge", "silos", "simulators", "tests"];
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "dist", "artifacts"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> CSharp { get; } = Read("*.cs");

    public static IReadOnlyList<SourceFile> Projects { get; } = Read("*.csproj");

    /// <summary>What is shipped, without tests.</summary>
    public static IEnumerable<SourceFile> Product => CSharp.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal));

    private static List<SourceFile> Read(string pattern) =>
    [
        .. from part in Parts
           from path in Directory.EnumerateFiles(Path.Combine(Root, part), pattern, SearchOption.AllDirectories)
           let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
           where !relative.Split('/').Intersect(Skipped).Any()
           orderby relative
           select new SourceFile(relative, File.ReadAllLines(path)),
    ];

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmartCommunity.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("SmartCommunity.sln is in no folder above the tests.");
    }
}

/// <summary>One file.</summary>
internal sealed record SourceFile(string Path, string[] Lines);
