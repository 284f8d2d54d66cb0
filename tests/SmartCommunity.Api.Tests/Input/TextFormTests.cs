using SmartCommunity.Api.Input;

namespace SmartCommunity.Api.Tests.Input;

public sealed class TextFormTests
{
    [Theory]
    [InlineData("300", 300)]
    [InlineData("5m", 300)]
    [InlineData("90s", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("PT5M", 300)]
    [InlineData("P1DT1S", 86401)]
    public void Durations_are_read(string text, double seconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        duration.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("m")]
    [InlineData("5y")]
    [InlineData("1.5h")]
    [InlineData("PT0S")]
    [InlineData("-PT5M")]
    [InlineData("P")]
    [InlineData("99999999999")]
    public void Other_texts_are_no_durations(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(1, "1s")]
    [InlineData(90, "90s")]
    [InlineData(300, "5m")]
    [InlineData(3600, "1h")]
    [InlineData(86400, "1d")]
    [InlineData(0.25, "250ms")]
    public void Durations_are_written_in_the_largest_unit_that_fits(double seconds, string text)
    {
        DurationText.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
        DurationText.TryParse(text, out var back).ShouldBeTrue();
        back.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00Z")]
    [InlineData("2026-11-20T18:00:00+08:00")]
    [InlineData("2026-11-20T18:00:00 08:00")]
    [InlineData("2026-11-20T10:00Z")]
    [InlineData("2026-11-20T10:00:00.000Z")]
    [InlineData("1795168800000")]
    public void Times_are_read(string text)
    {
        TimeText.TryParse(text, out var time).ShouldBeTrue();
        time.ShouldBe(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("2026-11-20")]
    [InlineData("2026-11-20T10:00:00")]
    [InlineData("2026-13-20T10:00:00Z")]
    [InlineData("20.11.2026")]
    [InlineData("99999999999999999")]
    [InlineData("now")]
    public void Other_texts_are_no_times(string text) => TimeText.TryParse(text, out _).ShouldBeFalse();
}
