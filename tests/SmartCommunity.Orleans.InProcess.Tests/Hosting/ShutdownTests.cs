using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Activations;
using SmartCommunity.Orleans.InProcess.Tests.Calls;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Hosting;

public sealed class ShutdownTests
{
    [Fact]
    public async Task GrainsFinishWhatWaitsAndWriteTheirStateBeforeTheHostStops()
    {
        var storage = new MemoryGrainStorage();
        await using (var host = await GrainTestHost.StartAsync(services: services => services.AddSingleton(new LifeCount()).AddGrainStorage("memory", _ => storage)))
        {
            var sent = Enumerable.Range(0, 300).Select(i => host.Grains.GetGrain<IRaceGrain>($"{i % 30}").Take(0, i, leave: false, yield: true)).ToList();
            await host.StopAsync();
            await Task.WhenAll(sent).Soon();
            host.Management.ActivationCount.ShouldBe(0);
            await Should.ThrowAsync<SiloUnavailableException>(() => host.Grains.GetGrain<IRaceGrain>("0").Taken());
        }

        await using var next = await GrainTestHost.StartAsync(services: services => services.AddSingleton(new LifeCount()).AddGrainStorage("memory", _ => storage));
        for (var grain = 0; grain < 30; grain++)
            (await next.Grains.GetGrain<IRaceGrain>($"{grain}").Taken()).Taken[0].ShouldBe(Enumerable.Range(0, 10).Select(round => grain + (30 * round)));
    }

    [Fact]
    public async Task AGrainMayCallAnotherWhileItFinishes()
    {
        await using var host = await GrainTestHost.StartAsync();
        var gate = host.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var held = gate.Plain("held");
        await host.Probe.Seen("held in");
        var chain = host.Grains.GetGrain<IOrderGrain>("sender").SendTo("a", 1_000);

        var stop = host.StopAsync();
        await chain.Soon();
        host.Probe.Open("held");
        await held.Soon();
        await stop.Soon();
    }

    [Fact]
    public async Task AGrainThatDoesNotFinishHoldsTheHostUpOnlyForALimitedTime()
    {
        await using var host = await GrainTestHost.StartAsync(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        var gate = host.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var held = gate.Plain("held");
        var waiting = gate.Plain("waiting");
        await host.Probe.Seen("held in");
        var stop = host.StopAsync();
        stop.IsCompleted.ShouldBeFalse();

        while (!stop.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop;
        await Should.ThrowAsync<SiloUnavailableException>(() => held.Soon());
        await Should.ThrowAsync<SiloUnavailableException>(() => waiting.Soon());
        host.Log.Entries.ShouldContain(entry => entry.Event == 3101 && entry.Text.Contains("1 activations did not end"));
    }
}
