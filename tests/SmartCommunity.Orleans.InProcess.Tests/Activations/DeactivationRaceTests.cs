using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public sealed class DeactivationRaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task NoCallIsLostDoubledOrOvertakenWhileGrainsComeAndGo(int seed)
    {
        const int Callers = 8, Calls = 400, Grains = 3;
        var lives = new LifeCount();
        await using var host = await GrainTestHost.StartAsync(
            services: services => services.AddSingleton(lives).AddMemoryGrainStorage("memory"));

        var stop = new CancellationTokenSource();
        var disturber = Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                await host.Management.DeactivateAsync(host.Grains.GetGrain<IRaceGrain>($"{random.Next(Grains)}"));
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Send(host, caller, new Random((seed * 100) + caller))))).Soon();
        await stop.CancelAsync();
        await disturber.Soon();

        lives.Doubled.ShouldBe(0, $"seed {seed}");
        lives.Begun.ShouldBeGreaterThan(Grains, $"seed {seed}: nothing was deactivated, and this test shows nothing");
        for (var grain = 0; grain < Grains; grain++)
        {
            var taken = (await host.Grains.GetGrain<IRaceGrain>($"{grain}").Taken()).Taken;
            foreach (var caller in Enumerable.Range(0, Callers))
                taken[caller].ShouldBe(Enumerable.Range(0, Calls).Where(number => number % Grains == grain), $"seed {seed}, grain {grain}, caller {caller}");
        }

        // Each caller sends without waiting, now and then in bursts, so that many calls are on their way when a grain ends.
        async Task Send(GrainTestHost on, int caller, Random random)
        {
            var sent = new List<Task>();
            for (var number = 0; number < Calls; number++)
            {
                sent.Add(on.Grains.GetGrain<IRaceGrain>($"{number % Grains}").Take(caller, number, random.Next(20) == 0, random.Next(2) == 0));
                if (random.Next(10) == 0)
                    await sent[^1];
            }

            await Task.WhenAll(sent);
        }
    }
}
