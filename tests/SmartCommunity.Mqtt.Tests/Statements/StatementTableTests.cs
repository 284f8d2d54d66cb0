using System.Text.RegularExpressions;

namespace SmartCommunity.Mqtt.Tests.Statements;

/// <summary>The tables name every statement of both standards once, and tests that exist; and the code names no statement that does not exist.</summary>
public sealed partial class StatementTableTests
{
    [Theory]
    [InlineData("3.1.1", 141, "1:3 2:9 3.1:42 3.2:7 3.3:18 3.6:1 3.8:11 3.9:2 3.10:9 3.12:1 3.14:4 4:26 6:4 7:4")]
    [InlineData("5.0", 251, "1:5 2:7 3.1:50 3.2:24 3.3:43 3.4:3 3.5:3 3.6:4 3.7:3 3.8:14 3.9:4 3.10:9 3.11:4 3.12:1 3.14:9 3.15:4 4:60 6:4")]
    public void EveryStatementStandsThereOnce(string version, int count, string perChapter)
    {
        var rows = StatementTable.Read(version);
        rows.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(rows.Count, "an id stands there twice");
        string.Join(' ', rows.GroupBy(r => r.Chapter).Select(g => $"{g.Key}:{g.Count()}")).ShouldBe(perChapter);
        rows.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("3.1.1")]
    [InlineData("5.0")]
    public void EveryTestThatIsNamedExists(string version)
    {
        var methods = new[] { "SmartCommunity.Mqtt.Tests", "SmartCommunity.Mqtt.Server.Tests", "SmartCommunity.Mqtt.Client.Tests", "SmartCommunity.Fuzz" }
            .SelectMany(project => StatementTable.Sources("tests", project).SelectMany(s => Tests(project, s.File, s.Text)))
            .ToHashSet();
        methods.Count.ShouldBeGreaterThan(150);
        var missing = StatementTable.Read(version).SelectMany(r => r.Tests.Where(t => !methods.Contains(t)).Select(t => $"{r.Id}: {t.Class}.{t.Method}"));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void WhatDoesNotApplySaysWhy()
    {
        foreach (var row in StatementTable.Read("3.1.1").Concat(StatementTable.Read("5.0")).Where(r => r.Tests.Count == 0))
            row.Reason.Length.ShouldBeGreaterThan(15, row.Id);
    }

    [Fact]
    public void EveryStatementThatTheCodeNamesExists()
    {
        var old = StatementTable.Read("3.1.1").Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var current = StatementTable.Read("5.0").Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var named = new[] { "SmartCommunity.Mqtt", "SmartCommunity.Mqtt.Server", "SmartCommunity.Mqtt.Client" }
            .SelectMany(project => StatementTable.Sources("edge", project))
            .SelectMany(s => StatementName().Matches(s.Text).Select(m => (s.File, IsOld: m.Groups[1].Success, Id: m.Groups[2].Value)))
            .ToArray();
        named.Length.ShouldBeGreaterThan(50);
        named.Where(n => !(n.IsOld ? old : current).Contains(n.Id)).Select(n => $"{Path.GetFileName(n.File)}: {n.Id}").ShouldBeEmpty();
    }

    // A test class has the name of its file.
    private static IEnumerable<(string Project, string Class, string Method)> Tests(string project, string file, string text) =>
        text.Contains("Fact", StringComparison.Ordinal) || text.Contains("[Theory]", StringComparison.Ordinal)
            ? TestMethod().Matches(text).Select(m => (project, Path.GetFileNameWithoutExtension(file), m.Groups[1].Value))
            : [];

    [GeneratedRegex(@"public (?:async Task|Task|void) (\w+)\(", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"(3\.1\.1: )?MQTT-(\d[\d.]*-\d+)", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex StatementName();
}
