using SmartCommunity.Mqtt.Server.Limits;

namespace SmartCommunity.Mqtt.Server.Tests.Limits;

public sealed class TokenBucketTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void GivesTheBurstAndThenTheRate()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 5, Second);
        Enumerable.Range(0, 8).Count(_ => bucket.TryTake(0)).ShouldBe(5);
        bucket.TryTake((Second / 10) - 1).ShouldBeFalse();
        bucket.TryTake(Second / 10).ShouldBeTrue();
        bucket.TryTake(Second / 10).ShouldBeFalse();
        bucket.IsFull(Second / 2).ShouldBeFalse();
        bucket.IsFull(Second).ShouldBeTrue();
        Enumerable.Range(0, 8).Count(_ => bucket.TryTake(100 * Second)).ShouldBe(5);
    }

    [Fact]
    public void AChargeIsTakenInFullAndPaidBackInTime()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 10, Second);
        bucket.Charge(10, 0).ShouldBe(0);
        bucket.Charge(5, 0).ShouldBe(Second / 2);
        bucket.Charge(0, 0).ShouldBe(0);
        bucket.Charge(1, Second / 2).ShouldBe(Second / 10);
        bucket.Charge(1, 10 * Second).ShouldBe(0);
    }

    [Fact]
    public void WithoutARateItLimitsNothing()
    {
        var bucket = new TokenBucket(perSecond: 0, burst: 1, Second);
        for (var i = 0; i < 100; i++) bucket.TryTake(0).ShouldBeTrue();
        bucket.Charge(long.MaxValue, 0).ShouldBe(0);
    }

    [Fact]
    public void NeverGivesMoreThanItMayOverAnyTime()
    {
        var random = new Random(4711);
        var bucket = new TokenBucket(perSecond: 100, burst: 20, Second);
        var taken = new List<long>();
        for (long now = 0; now < 10 * Second; now += random.Next(5_000))
        {
            if (bucket.TryTake(now)) taken.Add(now);
        }

        for (var first = 0; first < taken.Count; first += 7)
        {
            for (var last = first; last < taken.Count; last += 13)
                (last - first + 1).ShouldBeLessThanOrEqualTo(20 + (int)((taken[last] - taken[first]) * 100 / Second) + 1);
        }
    }

    [Fact]
    public async Task IsSafeForManyThreads()
    {
        var bucket = new TokenBucket(perSecond: 1, burst: 1_000, Second);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 1_000).Count(_ => bucket.TryTake(0)))));
        taken.Sum().ShouldBe(1_000);
    }
}
