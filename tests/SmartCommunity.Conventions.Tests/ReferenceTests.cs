using System.Text.RegularExpressions;
using SmartCommunity.Conventions.Tests.Sources;

namespace SmartCommunity.Conventions.Tests;

/// <summary>DESIGN 6: who may know whom.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string[] Pure = ["Events", "Mqtt", "Journal", "Rules", "Incidents"];

    [Theory]
    [InlineData("Events")]
    [InlineData("Mqtt")]
    [InlineData("Journal")]
    public void Reference_nothing_of_ours(string project) => ProjectReferences(Find(project)).ShouldBeEmpty();

    [Fact]
    public void Pure_projects_reference_no_package_and_no_framework_but_the_runtime() =>
        Pure.SelectMany(project => PackageReferences(Find(project)).Select(package => $"{project} → {package}")).ShouldBeEmpty();

    [Fact]
    public void Pure_projects_reference_pure_projects_only() =>
        Pure.SelectMany(project => ProjectReferences(Find(project)).Except(Pure).Select(other => $"{project} → {other}")).ShouldBeEmpty();

    [Fact]
    public void Nothing_but_its_tests_and_benchmarks_references_the_host() =>
        SourceTree.Projects.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal) && ProjectReferences(project).Contains("Host"))
            .Select(project => project.Path).ShouldBeEmpty();

    [Fact]
    public void Edge_references_edge_only()
    {
        var edge = SourceTree.Projects.Where(IsEdge).Select(Name).ToHashSet();
        SourceTree.Projects.Where(IsEdge).SelectMany(project => ProjectReferences(project).Where(other => !edge.Contains(other)).Select(other => $"{Name(project)} → {other}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Grains_know_neither_the_in_process_host_nor_asp_net_endpoints() =>
        SourceTree.Product.Where(file => file.Path.StartsWith("silos/SmartCommunity.Grains/", StringComparison.Ordinal))
            .Where(file => file.Lines.Any(line => line.StartsWith("using SmartCommunity.Orleans", StringComparison.Ordinal) || line.StartsWith("using Microsoft.AspNetCore", StringComparison.Ordinal)))
            .Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(SourceTree.Root, "SmartCommunity.sln")).Replace('\\', '/');
        SourceTree.Projects.Select(project => project.Path).Where(path => !solution.Contains(path, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static bool IsEdge(SourceFile project) => project.Path.StartsWith("edge/", StringComparison.Ordinal);

    private static SourceFile Find(string name) => SourceTree.Projects.Single(project => Name(project) == name);

    private static string Name(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path)["SmartCommunity.".Length..];

    private static IEnumerable<string> ProjectReferences(SourceFile project) =>
        ProjectReference().Matches(string.Join('\n', project.Lines)).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> PackageReferences(SourceFile project) =>
        PackageReference().Matches(string.Join('\n', project.Lines)).Select(match => match.Groups[2].Value);

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*SmartCommunity\.([A-Za-z.]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"<(Package|Framework)Reference Include=""([^""]+)""")]
    private static partial Regex PackageReference();
}
