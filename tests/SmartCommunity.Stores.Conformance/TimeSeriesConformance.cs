using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Stores.Conformance;

public abstract class TimeSeriesConformance : PortConformance<ITimeSeriesStore>
{
    private const string Metric = "temperature";
    private static readonly DeviceId Meter = DeviceId.Parse("meter-1");
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000);

    [Fact]
    public async Task SamplesComeBackInOrderWithinTheRange()
    {
        await Port.AppendAsync([At(3, 30), At(1, 10), At(2, -0.1), At(4, 40)], Limit);
        await ReopenAsync();

        (await Port.ReadAsync(Meter, Metric, Start.AddSeconds(1), Start.AddSeconds(4), 100, Limit)).Select(point => point.Value).ShouldBe([10, -0.1, 30]);
        (await Port.ReadAsync(Meter, Metric, Start, Start.AddDays(1), 2, Limit)).Select(point => point.Time).ShouldBe([Start.AddSeconds(1), Start.AddSeconds(2)]);
    }

    [Fact]
    public async Task WritingAgainReplacesTheValue()
    {
        await Port.AppendAsync([At(1, 10), At(2, 20)], Limit);
        await Port.AppendAsync([At(1, 11), At(3, 1), At(3, 2)], Limit);

        (await Port.ReadAsync(Meter, Metric, Start, Start.AddDays(1), 100, Limit)).Select(point => point.Value).ShouldBe([11, 20, 2]);
    }

    [Fact]
    public async Task SeriesDoNotMix()
    {
        await Port.AppendAsync([At(1, 1), At(1, 2) with { Metric = "humidity" }, At(1, 3) with { Device = DeviceId.Parse("meter-2") }], Limit);

        (await Port.ReadAsync(Meter, "humidity", Start, Start.AddDays(1), 100, Limit)).ShouldHaveSingleItem().Value.ShouldBe(2);
        (await Port.ReadAsync(DeviceId.Parse("meter-3"), Metric, Start, Start.AddDays(1), 100, Limit)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task WhatIsNotANumberIsRefusedAndNothingStored(double value)
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Port.AppendAsync([At(1, 1), At(2, value)], Limit));
        (await Port.ReadAsync(Meter, Metric, Start, Start.AddDays(1), 100, Limit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ExtremeNumbersComeBackToTheBit()
    {
        double[] values = [double.MaxValue, double.MinValue, double.Epsilon, 0.1 + 0.2, 1e-300, 9_007_199_254_740_993];
        await Port.AppendAsync([.. values.Select((value, i) => At(i, value))], Limit);

        (await Port.ReadAsync(Meter, Metric, Start, Start.AddDays(1), 100, Limit)).Select(point => BitConverter.DoubleToInt64Bits(point.Value))
            .ShouldBe(values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public async Task TheLatestOfEveryMetric()
    {
        await Port.AppendAsync([At(5, 50), At(1, 10), At(2, 7) with { Metric = "humidity" }, At(9, 1) with { Device = DeviceId.Parse("meter-2") }], Limit);

        (await Port.ReadLatestAsync(Meter, Limit)).ShouldBe([At(5, 50), At(2, 7) with { Metric = "humidity" }], ignoreOrder: true);
        (await Port.ReadLatestAsync(DeviceId.Parse("meter-3"), Limit)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task BucketsEqualANaiveComputation(int seed)
    {
        var random = new Random(seed);
        var samples = Enumerable.Range(0, 2_000).Select(_ => At(random.Next(-40_000, 40_000) / 10.0, random.NextDouble() * 100)).ToList();
        await Port.AppendAsync(samples, Limit);
        var kept = samples.GroupBy(sample => sample.Time).Select(same => same.Last()).OrderBy(sample => sample.Time).ToList();

        foreach (var step in new[] { TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1) })
        {
            var (from, to) = (Start.AddSeconds(-3_000.5), Start.AddSeconds(3_333));
            var buckets = await Port.ReadBucketsAsync(Meter, Metric, from, to, step, Limit);
            var expected = kept.Where(sample => sample.Time >= from && sample.Time < to)
                .GroupBy(sample => (long)Math.Floor(sample.Time.ToUnixTimeMilliseconds() / step.TotalMilliseconds))
                .Select(bucket => new SampleBucket(
                    DateTimeOffset.FromUnixTimeMilliseconds(bucket.Key * (long)step.TotalMilliseconds),
                    bucket.Count(),
                    bucket.Sum(sample => sample.Value),
                    bucket.Min(sample => sample.Value),
                    bucket.Max(sample => sample.Value),
                    bucket.Last().Value)).ToList();

            buckets.Select(bucket => bucket with { Sum = 0 }).ShouldBe(expected.Select(bucket => bucket with { Sum = 0 }), $"seed {seed}, step {step}");
            buckets.Zip(expected, (actual, naive) => Math.Abs(actual.Sum - naive.Sum)).Max().ShouldBeLessThan(1e-6);
        }
    }

    [Fact]
    public async Task BucketsBefore1970StartAtMultiplesToo()
    {
        var early = DateTimeOffset.FromUnixTimeMilliseconds(-1_500);
        await Port.AppendAsync([new Sample(Meter, Metric, early, 1)], Limit);

        var bucket = (await Port.ReadBucketsAsync(Meter, Metric, early.AddDays(-1), early.AddDays(1), TimeSpan.FromSeconds(1), Limit)).ShouldHaveSingleItem();
        bucket.Start.ToUnixTimeMilliseconds().ShouldBe(-2_000);
        bucket.Mean.ShouldBe(1);
    }

    [Fact]
    public async Task AStepBelowAMillisecondIsRefused() => await Should.ThrowAsync<ArgumentOutOfRangeException>(
        async () => await Port.ReadBucketsAsync(Meter, Metric, Start, Start.AddDays(1), TimeSpan.FromTicks(9_999), Limit));

    private static Sample At(double seconds, double value) => new(Meter, Metric, Start.AddMilliseconds(Math.Round(seconds * 1_000)), value);
}
