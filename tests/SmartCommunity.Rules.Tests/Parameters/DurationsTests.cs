using SmartCommunity.Rules.Parameters;

namespace SmartCommunity.Rules.Tests.Parameters;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d12h5s", 129605)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("366d", 31_622_400)]
    public void Reads(string text, double seconds)
    {
        Durations.TryParse(text, out var value).ShouldBeTrue();
        value.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("5 m")]
    [InlineData("-5m")]
    [InlineData("5min")]
    [InlineData("5M")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("1..5h")]
    [InlineData("367d")]
    [InlineData("99999999999999999999d")]
    [InlineData("00:05:00")]
    public void Refuses(string? text) => Durations.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(90, "90s")]
    [InlineData(300, "5m")]
    [InlineData(5400, "90m")]
    [InlineData(7200, "2h")]
    [InlineData(129_600, "36h")]
    [InlineData(86_400, "1d")]
    [InlineData(0.5, "500ms")]
    public void Writes_short(double seconds, string text) => Durations.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var value = TimeSpan.FromMilliseconds(random.NextInt64((long)Durations.Longest.TotalMilliseconds) / (i % 4 == 0 ? 1 : 60_000) * (i % 4 == 1 ? 60_000 : 1));
            Durations.TryParse(Durations.Format(value), out var read).ShouldBeTrue(Durations.Format(value));
            read.ShouldBe(value);
        }
    }
}
