using System.Text;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Tests.Support;

namespace SmartCommunity.Communities.Tests.Files;

/// <summary>Whatever comes in, the answer is a list of problems, and never an exception.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("# only a comment", "empty")]
    [InlineData("just a text", "keys with values")]
    [InlineData("[1, 2]", "keys with values")]
    [InlineData("id: a\n  name: b", "no YAML")]
    [InlineData("id: [a", "no YAML")]
    [InlineData("{\"id\": ", "no JSON")]
    [InlineData("{\"id\": \"\\ud800\"}", "no JSON")]
    [InlineData("id: &a b\nname: *a", "Anchors")]
    [InlineData("id: !!binary aGk=", "Anchors")]
    [InlineData("id: a\n---\nid: b", "second YAML document")]
    [InlineData("? [a]\n: b", "key must be a text")]
    public void What_is_no_file_is_one_clear_problem(string text, string what)
    {
        var problem = CommunityFile.Parse(text).Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(what);
        problem.Hint.ShouldNotBeEmpty();
    }

    [Fact]
    public void Deep_nesting_is_refused_without_a_deep_stack()
    {
        CommunityFile.Parse("a: " + new string('[', 100_000)).Problems.ShouldHaveSingleItem().Message.ShouldContain("deeper than 12");
        CommunityFile.Parse("{\"a\": " + new string('[', 200)).Problems.ShouldHaveSingleItem().Message.ShouldContain("deeper than 12");
    }

    [Fact]
    public void Too_much_is_refused()
    {
        CommunityFile.Parse(new string('a', 100), new() { MaxCharacters = 99 }).Problems.ShouldHaveSingleItem().Message.ShouldContain("99");
        CommunityFile.Parse(SmallFile.Text, new() { MaxDevices = 3 }).Problems.ShouldHaveSingleItem().Path.ShouldBe("devices");
    }

    [Fact]
    public void The_list_of_problems_has_an_end_and_says_so()
    {
        var file = new StringBuilder("id: a\nname: a\ngrids: [{id: g, name: g, worker: w}]\npeople: [{id: w, name: w, roles: [grid-worker]}]\ndevices:\n");
        for (var i = 0; i < 2000; i++)
        {
            file.Append("  - {}\n");
        }

        var problems = CommunityFile.Parse(file.ToString()).Problems;
        problems.Count.ShouldBe(1001);
        problems[^1].Message.ShouldContain("more problems");
    }

    [Fact]
    public void Every_prefix_and_any_damage_gives_an_answer()
    {
        for (var length = 0; length < SmallFile.Text.Length; length += 3)
        {
            CommunityFile.Parse(SmallFile.Text[..length]);
        }

        var random = new Random(5);
        const string Letters = "{}[]:,-#&*!|>'\"\n\t ~0é";
        for (var i = 0; i < 1500; i++)
        {
            var text = new StringBuilder(SmallFile.Text);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = Letters[random.Next(Letters.Length)];
            }

            var result = CommunityFile.Parse(text.ToString());
            (result.Community is null).ShouldBe(result.Problems.Count > 0, $"change {i}");
        }
    }
}
