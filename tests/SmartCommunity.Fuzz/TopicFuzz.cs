using System.Text;
using SmartCommunity.Fuzz.Engine;
using SmartCommunity.Fuzz.Oracles;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Fuzz;

/// <summary>Topic rules, matcher and tree against lists of levels.</summary>
public sealed class TopicFuzz
{
    private const int Rounds = 40_000;
    private static readonly string[] Parts = ["a", "b", "/", "/", "/", "+", "#", "$", "$share/", "g", "楼", "\u0001", "\u009F", "\0", ""];

    [Fact]
    public void RulesMatcherAndTreeSayWhatTheOracleSays() => Play(Rounds, new NaiveTopics()).ShouldBeNull();

    [Theory]
    [InlineData("a/b/#", "a/b", true)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("+/#", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS", true)]
    [InlineData("+", "/", false)]
    [InlineData("/+", "/", true)]
    [InlineData("#", "/", true)]
    [InlineData("+/+", "/", true)]
    public void TheOracleAgreesWithTheSpecification(string filter, string topic, bool matches)
    {
        new NaiveTopics().Matches(filter, topic).ShouldBe(matches);
        TopicMatcher.Matches(filter, topic).ShouldBe(matches);
    }

    /// <summary>Texts of few letters, so that they meet; a few filters at once in a tree.</summary>
    internal static Finding? Play(int rounds, NaiveTopics oracle) => Campaign.Run(rounds, random =>
    {
        string[] texts = [.. Enumerable.Range(0, 6).Select(_ => Text(random))];
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var isFilter = !text.Contains('\0') && TopicRules.CheckFilter(utf8, ReadLimits.Default) is null;
            if (isFilter != oracle.IsFilter(text)) return Wrong($"«{text}» as a filter: got {isFilter}", text);
            var isName = !text.Contains('\0') && TopicRules.CheckName(utf8, ReadLimits.Default) is null;
            if (isName != NaiveTopics.IsName(text)) return Wrong($"«{text}» as a name: got {isName}", text);
        }

        string[] filters = [.. texts.Where(t => oracle.IsFilter(t) && TopicRules.IsFilter(t) && !t.StartsWith("$share/", StringComparison.Ordinal)).Distinct()];
        return texts.Where(t => TopicRules.IsName(t)).Select(name => Match(filters, name, oracle)).FirstOrDefault(f => f is not null);
    });

    private static Finding? Match(string[] filters, string name, NaiveTopics oracle)
    {
        var tree = new TopicFilterTree<string>();
        foreach (var filter in filters) tree.Add(filter, filter);
        var found = new List<string>();
        tree.Match(name, found);
        foreach (var filter in filters)
        {
            var expected = oracle.Matches(filter, name);
            if (TopicMatcher.Matches(filter, name) != expected) return Wrong($"«{filter}» and «{name}»: the matcher does not say {expected}", name);
            if (found.Contains(filter) != expected) return Wrong($"«{filter}» and «{name}»: the tree does not say {expected}", name);
        }

        foreach (var filter in filters) tree.Remove(filter, filter).ShouldBeTrue();
        return tree.Count == 0 ? null : Wrong("the tree is not empty after everything was removed", name);
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => Parts[random.Next(random.Next(4) == 0 ? Parts.Length : 9)]));

    private static Finding Wrong(string what, string text) => new(what, Encoding.UTF8.GetBytes(text));
}
