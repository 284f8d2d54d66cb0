using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class OneTurnAtATimeTests
{
    private const int Callers = 10_000;

    [Fact]
    public async Task TenThousandCallersLoseNoCountAcrossAnAwait()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a", typeof(CounterGrain).FullName);

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => i % 3 == 0 ? grain.AddAtOnce() : grain.AddSlowly()))).Soon();

        answers.Order().ShouldBe(Enumerable.Range(1, Callers));
        (await grain.Violations()).ShouldBe(0);
    }

    [Fact]
    public async Task AReentrantGrainInterleavesAtAwaitsButNeverRunsTwoPiecesAtOnce()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IReentrantCounterGrain>("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(grain.AddSlowly))).Soon();

        (await grain.Violations()).ShouldBe(0);
        answers.Distinct().Count().ShouldBeLessThan(Callers, "else the requests did not interleave, and this test shows nothing");
    }

    [Fact]
    public async Task DifferentKeysRunSideBySide()
    {
        await using var host = await GrainTestHost.StartAsync();
        var blocked = host.Grains.GetGrain<IGateGrain>("a", typeof(GateGrain).FullName).Plain("a1");
        await host.Probe.Seen("a1 in");

        var other = host.Grains.GetGrain<IGateGrain>("b", typeof(GateGrain).FullName).Plain("b1");
        host.Probe.Open("b1");
        await other.Soon();

        blocked.IsCompleted.ShouldBeFalse();
        host.Probe.Open("a1");
        await blocked.Soon();
    }
}
