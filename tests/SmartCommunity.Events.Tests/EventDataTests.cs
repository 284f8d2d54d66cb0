using System.Text.Json;

namespace SmartCommunity.Events.Tests;

public sealed class EventDataTests
{
    private readonly EventData _data = EventData.Parse("""{"text":"a","number":2.50,"asText":"-3","yes":true,"on":"ON","one":1,"list":[1],"none":null}""");

    [Fact]
    public void Fields_are_read_in_the_spellings_of_devices()
    {
        (_data.GetString("text"), _data.GetString("number"), _data.GetString("list"), _data.GetString("absent")).ShouldBe(("a", "2.50", null, null));
        (_data.GetNumber("number"), _data.GetNumber("asText"), _data.GetNumber("text"), _data.GetNumber("none")).ShouldBe((2.5, -3, null, null));
        (_data.GetBoolean("yes"), _data.GetBoolean("on"), _data.GetBoolean("one"), _data.GetBoolean("text")).ShouldBe((true, true, true, null));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("")]
    public void Only_an_object_is_data(string json) => Should.Throw<JsonException>(() => EventData.Parse(json));

    [Fact]
    public void Nothing_is_empty()
    {
        EventData.FromTrustedUtf8(default).ShouldBeSameAs(EventData.Empty);
        EventData.Empty.GetString("a").ShouldBeNull();
        EventData.Empty.ToString().ShouldBe("{}");
    }

    [Fact]
    public void Data_is_equal_by_its_text()
    {
        EventData.Parse("""{"a":1}""").ShouldBe(EventData.FromObject(new { a = 1 }));
        EventData.Parse("""{"a":1}""").GetHashCode().ShouldBe(EventData.FromObject(new { a = 1 }).GetHashCode());
        EventData.Parse("""{"a":1}""").ShouldNotBe(EventData.Parse("""{"a":2}"""));
    }
}
