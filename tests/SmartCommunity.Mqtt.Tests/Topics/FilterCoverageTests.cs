using System.Collections;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Tests.Topics;

public sealed class FilterCoverageTests
{
    private static readonly string[] Letters = ["a", "", "$x"];

    [Theory]
    [InlineData("sc/v1/+/event", "sc/v1/cam-1/event", true)]
    [InlineData("sc/v1/+/event", "sc/v1/+/event", true)]
    [InlineData("sc/v1/+/event", "sc/v1/#", false)]
    [InlineData("sc/v1/#", "sc/v1", true)]
    [InlineData("sc/v1/#", "sc/v1/+/+", true)]
    [InlineData("sc/v1/#", "sc/+/x", false)]
    [InlineData("#", "+/#", true)]
    [InlineData("+/#", "#", true)]
    [InlineData("#", "$SYS/#", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("a", "a/", false)]
    public void A_rule_covers_or_does_not(string rule, string filter, bool covers) => FilterCoverage.Covers(rule, filter).ShouldBe(covers);

    /// <summary>Every pair of filters of up to three levels and «#», against every topic of up to four levels with a letter that no filter has.</summary>
    [Fact]
    public void It_says_what_trying_every_topic_says()
    {
        // The empty topic, which «/#» would match, is none that a client can send; it is covered like any other.
        var topics = Texts([.. Letters, "c"], 4).ToList();
        var filters = Texts([.. Letters, "+"], 3).SelectMany(text => (string[])[text, text + "/#"]).Append("#").Where(filter => filter.Length > 0).ToList();
        var matches = filters.ToDictionary(filter => filter, filter => new BitArray([.. topics.Select(topic => TopicMatcher.Matches(filter, topic))]));
        var wrong = from rule in filters
                    from filter in filters
                    let isSubset = !new BitArray(matches[rule]).Not().And(matches[filter]).HasAnySet()
                    where FilterCoverage.Covers(rule, filter) != isSubset
                    select $"{rule} covers {filter}: {isSubset}";
        filters.Count.ShouldBeGreaterThan(150);
        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<string> Texts(string[] levels, int most) => most == 1
        ? levels
        : Texts(levels, most - 1).Concat(Texts(levels, most - 1).Where(text => text.Count(c => c == '/') == most - 2).SelectMany(text => levels.Select(level => $"{text}/{level}")));
}
