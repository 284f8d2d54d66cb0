using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Tests.Randomness;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_sequence_of_a_seed_never_changes()
    {
        // Golden: scenarios are replayed by seed, also with later versions. Any change here breaks them.
        var random = new SeededRandom(42);
        Enumerable.Range(0, 4).Select(_ => random.NextBits()).ShouldBe(
            [1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193]);
        new SeededRandom(42).Fork("device/a").NextBits().ShouldBe(new SeededRandom(42).Fork("device/a").NextBits());
    }

    [Fact]
    public void A_fork_depends_on_the_seed_and_the_name_only()
    {
        var drawn = new SeededRandom(7);
        for (var i = 0; i < 100; i++) drawn.NextBits();
        drawn.Fork("a").NextBits().ShouldBe(new SeededRandom(7).Fork("a").NextBits());
        drawn.Fork("a").NextBits().ShouldNotBe(drawn.Fork("b").NextBits());
        drawn.Fork("a").NextBits().ShouldNotBe(new SeededRandom(8).Fork("a").NextBits());
    }

    [Fact]
    public void Draws_keep_to_their_ranges_and_means()
    {
        var random = new SeededRandom(1);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble()).ToList();
        numbers.ShouldAllBe(number => number >= 0 && number < 1);
        numbers.Average().ShouldBe(0.5, 0.01);
        Enumerable.Range(0, 20_000).Select(_ => random.Whole(3, 7)).Distinct().Order().ShouldBe([3, 4, 5, 6]);
        var noise = Enumerable.Range(0, 20_000).Select(_ => random.Noise(2)).ToList();
        noise.Average().ShouldBe(0, 0.06);
        noise.Select(value => value * value).Average().ShouldBe(4, 0.2);
        noise.ShouldAllBe(value => Math.Abs(value) <= 8);
        Enumerable.Range(0, 20_000).Select(_ => random.Count(3)).Average().ShouldBe(3, 0.06);
    }

    [Fact]
    public void Smooth_noise_drifts_without_jumps_and_uses_its_whole_range()
    {
        var noise = new SmoothNoise(new SeededRandom(3), "x", TimeSpan.FromMinutes(10));
        var values = Enumerable.Range(0, 5000).Select(i => noise.At(TestCommunity.Morning.AddSeconds(10 * i))).ToList();
        values.ShouldAllBe(value => value >= -1 && value <= 1);
        (values.Max() - values.Min()).ShouldBeGreaterThan(1.5);
        values.Zip(values.Skip(1), (left, right) => Math.Abs(right - left)).Max().ShouldBeLessThan(0.06);
    }
}
