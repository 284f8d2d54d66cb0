namespace SmartCommunity.Events.Tests;

public sealed class ScalarsTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("-1.5", -1.5)]
    [InlineData("1e3", 1000)]
    [InlineData(" 2 ", 2)]
    [InlineData(".5", 0.5)]
    public void Numbers(string text, double value)
    {
        Scalars.TryParseNumber(text, out var number).ShouldBeTrue();
        number.ShouldBe(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("12V")]
    public void No_numbers(string? text) => Scalars.TryParseNumber(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("true", true)]
    [InlineData("ON", true)]
    [InlineData("1", true)]
    [InlineData("active", true)]
    [InlineData("Trigger", true)]
    [InlineData("yes", true)]
    [InlineData("False", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    [InlineData("inactive", false)]
    [InlineData("normal", false)]
    [InlineData("no", false)]
    public void Booleans(string text, bool value)
    {
        Scalars.TryParseBoolean(text, out var read).ShouldBeTrue();
        read.ShouldBe(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("maybe")]
    public void No_booleans(string? text) => Scalars.TryParseBoolean(text, out _).ShouldBeFalse();
}
