namespace SmartCommunity.Gateway.Tests.Forwarding;

/// <summary>Every journaled record has its effect exactly once, whatever happens between the journal and the grains.</summary>
public sealed class ExactlyOnceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Under_seeded_faults_and_restarts(int seed)
    {
        var random = new Random(seed);
        var silos = new FakeSilos(seed, grainCount: random.Next(1, 6));
        await using var harness = new ForwarderHarness(silos, options => options with
        {
            MaxInFlight = random.Next(1, 6),
            WatermarkInterval = TimeSpan.FromSeconds(random.Next(0, 5)),
            MaxBatchRecords = random.Next(1, 30),
            DrainTimeout = TimeSpan.FromMilliseconds(random.Next(0, 200)),
        });
        await harness.StartAsync();
        var last = 0L;
        for (var round = 0; round < 60; round++)
        {
            last = await harness.AppendAsync(random.Next(1, 60));
            for (var step = random.Next(0, 8); step > 0; step--)
            {
                silos.Pump();
                harness.Time.Advance(TimeSpan.FromMilliseconds(200));
                await Task.Yield();
            }

            if (random.Next(12) == 0)
                await harness.RestartAsync();
        }

        silos.Calm = true;
        await harness.Time.RunUntilAsync(
            () =>
            {
                silos.Pump();
                return harness.Journal.Watermark.Value == last;
            },
            $"seed {seed}: everything durable",
            TimeSpan.FromMilliseconds(200));
        silos.Effects.ShouldBe(Enumerable.Range(0, (int)(last - harness.First) + 1).Select(index => harness.First + index), $"seed {seed}");
    }
}
