using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class OrderTests
{
    [Fact]
    public async Task CallsOfOneCallerRunInTheOrderInWhichTheyWereSent()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IOrderGrain>("a");

        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(grain.Take)).Soon();

        (await grain.Taken()).ShouldBe(Enumerable.Range(0, 5_000));
    }

    [Fact]
    public async Task TheSameHoldsBetweenGrainsAndAcrossReferences()
    {
        await using var host = await GrainTestHost.StartAsync();

        await host.Grains.GetGrain<IOrderGrain>("sender").SendTo("a", 1_000).Soon();
        await Task.WhenAll(Enumerable.Range(1_000, 1_000).Select(i => host.Grains.GetGrain<IOrderGrain>("a").Take(i))).Soon();

        (await host.Grains.GetGrain<IOrderGrain>("a").Taken()).ShouldBe(Enumerable.Range(0, 2_000));
    }

    [Fact]
    public async Task EveryKindOfReturnTypeAnswers()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IGateGrain>("key", typeof(GateGrain).FullName);

        (await grain.Echo("text")).ShouldBe("key:text");
        await grain.Nothing();
        await grain.Fence();
    }
}
