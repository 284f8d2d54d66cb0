using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Rules.Tests.Validation;

public sealed class SuggestionsTests
{
    private static readonly string[] Names = ["falling-object", "door", "duress", "threshold", "gate"];

    [Theory]
    [InlineData("dor", "door")]
    [InlineData("dorr", "door")]
    [InlineData("odor", "door")]
    [InlineData("Door", "door")]
    [InlineData("gaet", "gate")]
    [InlineData("treshhold", "threshold")]
    [InlineData("fallingobjects", "falling-object")]
    [InlineData("lamp", null)]
    [InlineData("", null)]
    [InlineData("a-very-long-name-of-nothing", null)]
    public void The_nearest_name_is_a_typo_away(string text, string? nearest) => Suggestions.Nearest(text, Names).ShouldBe(nearest);
}
