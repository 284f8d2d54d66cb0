using System.Text.Json;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events.Tests.Ids;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("A-Z_a.z-0123456789")]
    [InlineData("cam-3")]
    [InlineData("..")]
    public void These_are_ids(string text)
    {
        Identifier.FindError(text).ShouldBeNull();
        DeviceId.Parse(text).Value.ShouldBe(text);
        Identifier.TryParse<GridId>(text, out var grid).ShouldBeTrue();
        grid.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("a/b", "other than")]
    [InlineData("a+", "other than")]
    [InlineData("#", "other than")]
    [InlineData("a b", "other than")]
    [InlineData("网格", "other than")]
    [InlineData("a\0", "other than")]
    public void These_are_not(string? text, string why)
    {
        Identifier.FindError(text).ShouldNotBeNull().ShouldContain(why);
        Should.Throw<FormatException>(() => DeviceId.Parse(text)).Message.ShouldStartWith("The DeviceId ");
        Identifier.TryParse<BuildingId>(text, out var id).ShouldBeFalse();
        id.Value.ShouldBe("");
    }

    [Fact]
    public void Sixty_four_characters_are_the_most()
    {
        Identifier.IsValid(new string('a', 64)).ShouldBeTrue();
        Identifier.FindError(new string('a', 65)).ShouldNotBeNull().ShouldContain("65");
    }

    [Fact]
    public void Ids_are_texts_and_keys_in_json_and_are_checked_when_read()
    {
        var json = JsonSerializer.Serialize(new Dictionary<DeviceId, PersonId> { [DeviceId.Parse("d1")] = PersonId.Parse("p1") });
        json.ShouldBe("""{"d1":"p1"}""");
        JsonSerializer.Deserialize<Dictionary<DeviceId, PersonId>>(json)![DeviceId.Parse("d1")].Value.ShouldBe("p1");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<RuleId>("\"a/b\""));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ZoneId>("1"));
        Should.Throw<FormatException>(() => JsonSerializer.Deserialize<Dictionary<CommunityId, int>>("""{"a/b":1}"""));
    }

    [Fact]
    public void Ids_are_equal_by_their_text()
    {
        GatewayId.Parse("g1").ShouldBe(GatewayId.FromTrusted(new string("g1")));
        default(DeviceId).Value.ShouldBe("");
    }
}
