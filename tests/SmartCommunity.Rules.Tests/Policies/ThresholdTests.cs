using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Policies;

public sealed class ThresholdTests
{
    private readonly Bench _bench = new(
        Make.Rule("threshold", "metric=temperature", "above=40", "for=60s", "hysteresis=3", "hold=30s"), Make.Device("t1"));

    [Theory]
    [InlineData("0:41 60:41", "Suspect→Active@60")]
    [InlineData("0:40 60:40", "")] // the limit itself is not above it
    [InlineData("0:41 30:40 60:41 119:41", "")] // a suspicion does not survive a value within the limit
    [InlineData("0:41 61:41 70:38 200:38.5", "Suspect→Active@60")] // between limit and hysteresis it stays
    [InlineData("0:41 61:41 70:37 99:37 100:37", "Suspect→Active@60 Active→Clearing@70 Clearing→Cleared@100")]
    [InlineData("0:41 61:41 70:36 90:41", "Suspect→Active@60 Active→Clearing@70 Clearing→Active@90")]
    [InlineData("0:41 61:41 70:36 90:39 100:39", "Suspect→Active@60 Active→Clearing@70 Clearing→Cleared@100")]
    [InlineData("0:41 400:20", "Suspect→Active@60 Active→Clearing@400")] // no report in between: it held
    public void Limits_windows_and_hysteresis(string samples, string moves)
    {
        foreach (var parts in samples.Split(' ').Select(sample => sample.Split(':')))
        {
            _bench.Sample(double.Parse(parts[0]), "t1", "temperature", double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        _bench.Moves.ShouldBe(moves);
    }

    [Fact]
    public void The_reason_holds_the_numbers()
    {
        _bench.Sample(0, "t1", "temperature", 41).Sample(59, "t1", "temperature", 46.25).Advance(60);
        _bench.Last.Key.ShouldBe("yunqi/threshold/t1/temperature");
        _bench.Last.FirstCause.ShouldBe($"t1/temperature/{Bench.At(0).ToUnixTimeMilliseconds()}");
        _bench.Last.Title.ShouldBe(new("t1号设备温度过高", "Device t1: temperature too high"));
        _bench.Last.Why.Zh.ShouldBe("t1号设备温度为 46.25 °C，自 08:00:00 起高于 40 °C，已持续1分。");
        _bench.Last.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Below_works_the_same_way()
    {
        var bench = new Bench(Make.Rule("threshold", "metric=battery", "below=20", "hysteresis=5").As(Severity.P3), Make.Device("t1"));
        bench.Sample(0, "t1", "battery", 20).Sample(1, "t1", "battery", 19).Sample(2, "t1", "battery", 24).Sample(3, "t1", "battery", 25);
        bench.Moves.ShouldBe("Normal→Active@1 Active→Cleared@3");
        bench.Changes[0].Title.Zh.ShouldBe("t1号设备电量过低");
    }

    [Fact]
    public void A_band_has_two_limits()
    {
        var bench = new Bench(Make.Rule("threshold", "metric=water-pressure", "above=600", "below=200"), Make.Device("t1"));
        bench.Sample(0, "t1", "water-pressure", 700).Sample(1, "t1", "water-pressure", 400).Sample(2, "t1", "water-pressure", 100);
        bench.Changes.Select(change => change.Title.Zh).ShouldBe(["t1号设备水压过高", "t1号设备水压过高", "t1号设备水压过低"]);
    }

    [Fact]
    public void Two_rules_on_one_metric_grade_it()
    {
        var rule = Make.Rule("threshold", "metric=temperature", "above=40");
        var bench = new Bench([rule, Make.Rule("threshold", "metric=temperature", "above=60").Named("critical").As(Severity.P1)], [Make.Device("t1")]);
        bench.Sample(0, "t1", "temperature", 50).Sample(1, "t1", "temperature", 61);
        bench.Changes.Select(change => change.Severity).ShouldBe([Severity.P2, Severity.P1]);
    }

    [Fact]
    public void Other_metrics_and_devices_are_passed_over() =>
        _bench.Sample(0, "t1", "humidity", 99).Sample(0, "unknown", "temperature", 99).Advance(1000).Changes.ShouldBeEmpty();

    [Fact]
    public void Old_and_doubled_samples_change_nothing()
    {
        _bench.Sample(0, "t1", "temperature", 41).Sample(50, "t1", "temperature", 42).Sample(50, "t1", "temperature", 20).Sample(30, "t1", "temperature", 20);
        _bench.Advance(60).Moves.ShouldBe("Suspect→Active@60");
    }
}
