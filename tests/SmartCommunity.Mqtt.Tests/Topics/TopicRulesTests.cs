using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Tests.Topics;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("/", true)]
    [InlineData("/+", true)]
    [InlineData("+/+/#", true)]
    [InlineData("sport/tennis/#", true)]
    [InlineData("sport/+/player1", true)]
    [InlineData("a b/楼", true)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("", false)]
    [InlineData("sport/tennis#", false)]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("#/", false)]
    [InlineData("##", false)]
    [InlineData("sport+", false)]
    [InlineData("+sport/a", false)]
    [InlineData("a/+b", false)]
    [InlineData("++", false)]
    [InlineData("$share/g", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/g/", false)]
    [InlineData("$share/+/a", false)]
    [InlineData("$share/g/a#", false)]
    [InlineData("a\0", false)]
    public void Filters(string filter, bool valid) => TopicRules.IsFilter(filter).ShouldBe(valid);

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("$SYS/x", true)]
    [InlineData("a\uFFFDb", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("#", false)]
    [InlineData("a\0b", false)]
    public void Names(string name, bool valid) => TopicRules.IsName(name).ShouldBe(valid);

    [Fact]
    public void LengthAndLevels()
    {
        TopicRules.IsFilter("a\uDC00").ShouldBeFalse("a lone surrogate has no UTF-8");
        TopicRules.IsName(new string('a', 65_535)).ShouldBeTrue();
        TopicRules.IsName(new string('a', 65_536)).ShouldBeFalse();
        TopicRules.IsName(new string('楼', 21_846)).ShouldBeFalse("65,538 bytes");
        TopicRules.IsName("a/b/c", maxLevels: 3).ShouldBeTrue();
        TopicRules.IsName("a/b/c/", maxLevels: 3).ShouldBeFalse();
    }

    [Fact]
    public void SharedFiltersAreTakenApart()
    {
        SharedFilter.TryParse("$share/group/a/+/#", out var shared).ShouldBeTrue();
        shared.ShouldBe(new SharedFilter("group", "a/+/#"));
        SharedFilter.TryParse("$shared/group/a", out _).ShouldBeFalse();
        SharedFilter.TryParse("a/$share/b", out _).ShouldBeFalse();
    }
}
