using SmartCommunity.Simulation.Load;

namespace SmartCommunity.Simulation.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_within_two_per_cent_of_the_exact_ones(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var exact = new List<long>();
        for (var i = 0; i < 20_000; i++)
        {
            var value = (long)Math.Pow(10, random.NextDouble() * 8);
            exact.Add(value);
            histogram.Record(value);
        }

        exact.Sort();
        histogram.Count.ShouldBe(20_000);
        histogram.Max.ShouldBe(TimeSpan.FromMicroseconds(exact[^1]));
        foreach (var share in new[] { 0.01, 0.5, 0.9, 0.99, 0.999, 1 })
        {
            var expected = exact[(int)Math.Ceiling(exact.Count * share) - 1];
            histogram.Percentile(share).TotalMicroseconds.ShouldBeInRange(expected, Math.Max(expected * 1.016, expected + 1), $"seed {seed}, share {share}");
        }
    }

    [Fact]
    public void A_difference_holds_what_came_since()
    {
        var now = new LatencyHistogram();
        now.Record(1_000_000);
        var before = new LatencyHistogram();
        before.Add(now);
        now.Record(100);
        now.Record(200);
        var since = now.Since(before);
        since.Count.ShouldBe(2);
        since.Max.TotalMicroseconds.ShouldBeInRange(200, 204);
        since.Percentile(0.5).TotalMicroseconds.ShouldBeInRange(100, 102);
    }

    [Fact]
    public void Nothing_counted_is_zero_and_the_extremes_fit()
    {
        var histogram = new LatencyHistogram();
        histogram.Percentile(0.99).ShouldBe(TimeSpan.Zero);
        histogram.Record(-5);
        histogram.Record(long.MaxValue);
        histogram.Count.ShouldBe(2);
        histogram.Percentile(0.5).ShouldBe(TimeSpan.Zero);
        histogram.Max.ShouldBe(TimeSpan.FromMicroseconds(uint.MaxValue));
    }
}
