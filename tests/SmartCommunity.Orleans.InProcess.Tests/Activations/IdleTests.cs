using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public sealed class IdleTests
{
    [Fact]
    public async Task AGrainThatNobodyCallsIsLetGo()
    {
        await using var host = await ActivationTests.Start(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        var idle = host.Grains.GetGrain<ILifeGrain>("idle");
        var busy = host.Grains.GetGrain<ILifeGrain>("busy");
        await idle.Life();
        await busy.Life();

        host.Time.Advance(TimeSpan.FromMinutes(14));
        await busy.Life();
        host.Management.ActivationCount.ShouldBe(2);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        await host.Probe.Seen("deactivate 1 ActivationIdle");
        (await busy.Life().Soon()).ShouldBe(1);
        (await idle.Life().Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task AGrainThatWorksIsNotIdle()
    {
        await using var host = await ActivationTests.Start(options => options.ResponseTimeout = TimeSpan.FromHours(3));
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        var work = grain.Hold("gate");
        await host.Probe.Seen("hold gate");

        host.Time.Advance(TimeSpan.FromHours(1));
        host.Probe.Open("gate");
        await work.Soon();

        (await grain.Life().Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task DelayDeactivationKeepsItForThatLong()
    {
        await using var host = await ActivationTests.Start();
        var kept = host.Grains.GetGrain<ILifeGrain>("kept");
        var forever = host.Grains.GetGrain<ILifeGrain>("forever");
        var taken = host.Grains.GetGrain<ILifeGrain>("taken");
        await kept.Keep(TimeSpan.FromHours(2));
        await forever.Keep(Timeout.InfiniteTimeSpan);
        await taken.Keep(TimeSpan.FromHours(2));
        await taken.Keep(TimeSpan.Zero);

        host.Time.Advance(TimeSpan.FromMinutes(119));
        await host.Probe.Seen("deactivate 1 ActivationIdle");
        (await taken.Life().Soon()).ShouldBe(2);
        host.Management.IsActive(kept).ShouldBeTrue();

        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Probe.Seen("deactivate 1 ActivationIdle", times: 2);
        host.Management.IsActive(forever).ShouldBeTrue();
    }
}
