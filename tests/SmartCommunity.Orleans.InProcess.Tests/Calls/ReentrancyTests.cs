using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class ReentrancyTests
{
    public static TheoryData<string, string, bool, bool> Matrix => new()
    {
        // what runs, what arrives, reentrant class, whether it starts beside it
        { "plain", "plain", false, false },
        { "plain", "read", false, false },
        { "plain", "always", false, true },
        { "read", "plain", false, false },
        { "read", "read", false, true },
        { "read", "always", false, true },
        { "always", "plain", false, true },
        { "always", "read", false, true },
        { "always", "always", false, true },
        { "plain", "plain", true, true },
        { "plain", "read", true, true },
        { "plain", "always", true, true },
        { "read", "plain", true, true },
        { "read", "read", true, true },
        { "read", "always", true, true },
        { "always", "plain", true, true },
        { "always", "read", true, true },
        { "always", "always", true, true },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task WhatMayRunBesideWhat(string running, string arriving, bool reentrant, bool interleaves)
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = Grain(host, reentrant);
        var first = Call(grain, running, "first");
        await host.Probe.Seen("first in");

        var second = Call(grain, arriving, "second");
        if (interleaves)
            await host.Probe.Seen("second in");
        await grain.Fence().Soon();
        host.Probe.Has("second in").ShouldBe(interleaves);

        host.Probe.Open("first");
        await first.Soon();
        host.Probe.Open("second");
        await second.Soon();
        host.Probe.Log.Count.ShouldBe(4);
    }

    [Fact]
    public async Task AReadOvertakesAWriteWhileAnotherReadRuns()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = Grain(host, reentrant: false);
        var read1 = grain.Read("read1");
        await host.Probe.Seen("read1 in");
        var write = grain.Plain("write");
        var read2 = grain.Read("read2");

        await host.Probe.Seen("read2 in");
        host.Probe.Has("write in").ShouldBeFalse();

        // The write waits for both: else it would change what the second still reads.
        host.Probe.Open("read1");
        await read1.Soon();
        await grain.Fence().Soon();
        host.Probe.Has("write in").ShouldBeFalse();
        host.Probe.Open("read2");
        await host.Probe.Seen("write in");
        host.Probe.Open("write");
        await Task.WhenAll(read2, write).Soon();
    }

    [Fact]
    public async Task WhatWaitsRunsInTheOrderOfArrivalWhateverItsKind()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = Grain(host, reentrant: false);
        var calls = new List<Task> { grain.Plain("0") };
        await host.Probe.Seen("0 in");
        foreach (var (kind, id) in new[] { ("plain", "1"), ("read", "2"), ("plain", "3"), ("plain", "4") })
            calls.Add(Call(grain, kind, id));
        for (var i = 0; i < 5; i++)
        {
            await host.Probe.Seen($"{i} in");
            host.Probe.Open($"{i}");
        }

        await Task.WhenAll(calls).Soon();
        host.Probe.Log.ShouldBe(Enumerable.Range(0, 5).SelectMany(i => new[] { $"{i} in", $"{i} out" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadsThatAreDoneAreForgotten(bool besideOthers)
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = Grain(host, reentrant: false);
        var other = besideOthers ? grain.Read("other") : Task.CompletedTask;
        var arguments = new List<WeakReference>();
        for (var i = 0; i < 20; i++)
            arguments.Add(await ReadWithArgumentOfItsOwn(grain).Soon());

        GC.Collect();
        arguments.Count(argument => argument.IsAlive).ShouldBeLessThan(5);
        host.Probe.Open("other");
        await other.Soon();
    }

    private static Task<WeakReference> ReadWithArgumentOfItsOwn(IGateGrain grain)
    {
        var argument = new object();
        return grain.ReadObject(argument).ContinueWith(_ => default(object), TaskScheduler.Default).ContinueWith(
            (_, weak) => (WeakReference)weak!, new WeakReference(argument), TaskScheduler.Default);
    }

    private static IGateGrain Grain(GrainTestHost host, bool reentrant) => reentrant
        ? host.Grains.GetGrain<IReentrantGateGrain>("a")
        : host.Grains.GetGrain<IGateGrain>("a", typeof(GateGrain).FullName);

    private static Task Call(IGateGrain grain, string kind, string id) => kind switch
    {
        "plain" => grain.Plain(id),
        "read" => grain.Read(id),
        _ => grain.Always(id),
    };
}
