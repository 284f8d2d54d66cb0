using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public sealed class DeactivationTests
{
    [Fact]
    public async Task DeactivateOnIdleWaitsForTheRunningRequestAndWhatArrivesMeanwhileGetsANewActivation()
    {
        await using var host = await ActivationTests.Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        var leaving = grain.Leave("gate");
        await host.Probe.Seen("hold gate");
        var meanwhile = Enumerable.Range(0, 3).Select(_ => grain.Life()).ToList();
        host.Probe.Has("deactivate 1 ApplicationRequested").ShouldBeFalse();

        host.Probe.Open("gate");

        (await leaving.Soon()).ShouldBe(1);
        (await Task.WhenAll(meanwhile).Soon()).ShouldBe([2, 2, 2]);
        host.Probe.Log.ShouldBe(
            ["activate 1", "hold gate", "held gate", "deactivate 1 ApplicationRequested", "dispose 1", "dispose scope", "activate 2"]);
    }

    [Fact]
    public async Task TheNextActivationBeginsOnlyWhenTheOldOneHasEnded()
    {
        await using var host = await ActivationTests.Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("slow-end");
        (await grain.Leave().Soon()).ShouldBe(1);
        await host.Probe.Seen("deactivate 1 ApplicationRequested");
        var next = grain.Life();
        host.Probe.Has("activate 2").ShouldBeFalse();

        host.Probe.Open("deactivated");

        (await next.Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task AFailureInOnDeactivateIsLoggedAndTheNextActivationBegins()
    {
        await using var host = await ActivationTests.Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("bad-end");

        (await grain.Leave().Soon()).ShouldBe(1);
        (await grain.Life().Soon()).ShouldBe(2);
        host.Log.Entries.ShouldContain(entry => entry.Event == 3105 && entry.Exception is FormatException);
    }

    [Fact]
    public async Task AnOnDeactivateThatHangsIsLeftBehindInTime()
    {
        await using var host = await ActivationTests.Start(options => options.DeactivationTimeout = TimeSpan.FromSeconds(5));
        var grain = host.Grains.GetGrain<ILifeGrain>("endless");
        await grain.Leave().Soon();
        await host.Probe.Seen("deactivate 1 ApplicationRequested");
        var next = grain.Life();

        host.Time.Advance(TimeSpan.FromSeconds(6));

        (await next.Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task TheHostCanEndOneOrAll()
    {
        await using var host = await ActivationTests.Start();
        var a = host.Grains.GetGrain<ILifeGrain>("a");
        var b = host.Grains.GetGrain<ILifeGrain>("b");
        await a.Life();
        await b.Life();

        await host.Management.DeactivateAsync(a).Soon();
        host.Management.IsActive(a).ShouldBeFalse();
        host.Management.IsActive(b).ShouldBeTrue();
        await host.Management.DeactivateAllAsync().Soon();

        host.Management.ActivationCount.ShouldBe(0);
        (await a.Life().Soon()).ShouldBe(2);
    }
}
