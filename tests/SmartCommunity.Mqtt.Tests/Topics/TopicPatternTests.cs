using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Tests.Topics;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("sc/v1/%u/#", "sc/v1/gw/#")]
    [InlineData("x/%c-%u/%c", "x/c1-gw/c1")]
    [InlineData("100%/%x", "100%/%x")]
    [InlineData("plain", "plain")]
    public void Ids_take_the_place_of_patterns(string rule, string filter) => TopicPattern.Expand(rule, "gw", "c1").ShouldBe(filter);

    [Theory]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("/")]
    [InlineData("x\0")]
    [InlineData("")]
    public void An_id_that_would_widen_a_rule_makes_it_match_nothing(string id)
    {
        TopicPattern.IsSafe(id).ShouldBeFalse();
        TopicPattern.Expand("sc/%c/x", "gw", id).ShouldBeNull();
        TopicPattern.Expand("sc/%u/x", id, "c1").ShouldBeNull();
        TopicPattern.Expand("sc/x", id, id).ShouldBe("sc/x");
    }

    [Fact]
    public void Half_a_character_is_no_rule() => TopicPattern.FindError("a" + (char)0xD800).ShouldBe("is not valid text");

    [Fact]
    public void What_an_id_brings_in_is_not_looked_at_again() => TopicPattern.Expand("%c/%u", "gw", "%u").ShouldBe("%u/gw");

    [Fact]
    public void A_pattern_in_front_names_no_topic_of_the_server() => TopicPattern.Expand("%c/x", "gw", "$SYS").ShouldBeNull();

    [Theory]
    [InlineData("sc/v1/%u/+/#", null)]
    [InlineData("%c", null)]
    [InlineData("$SYS/#", null)]
    [InlineData("", "not a topic filter")]
    [InlineData("a/#/b", "not a topic filter")]
    [InlineData("a+", "not a topic filter")]
    [InlineData("+%u", "not a topic filter")]
    [InlineData("$share/g/a", "inner filter")]
    [InlineData("a\nb", "control character")]
    public void A_rule_is_checked_when_it_is_written(string rule, string? said)
    {
        var error = TopicPattern.FindError(rule);
        if (said is null)
        {
            error.ShouldBeNull();
        }
        else
        {
            error.ShouldNotBeNull().ShouldContain(said);
        }
    }
}
