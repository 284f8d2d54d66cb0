using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Timers;

public sealed class GrainTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task TicksComeAtTheirTimesAsTurnsOfTheGrain()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Start(3 * Second, 2 * Second);

        host.Time.Advance(2 * Second);
        await Grain(host).Ping();
        host.Probe.Log.ShouldBeEmpty();
        host.Time.Advance(Second);
        await host.Probe.Seen("tock 1 False");
        await Grain(host).Ping();
        host.Time.Advance(2 * Second);
        await host.Probe.Seen("tock 2 False");
    }

    [Fact]
    public async Task ATickWaitsItsTurnUnlessItInterleaves()
    {
        await using var host = await GrainTestHost.StartAsync();
        var (waits, interleaves) = (host.Grains.GetGrain<ITickGrain>("waits"), host.Grains.GetGrain<ITickGrain>("interleaves"));
        await waits.Start(Second, Second);
        var held = waits.Hold("gate");
        await host.Probe.Seen("hold gate");
        await interleaves.Start(Second, Second, interleave: true);
        var alsoHeld = interleaves.Hold("gate2");
        await host.Probe.Seen("hold gate2");

        host.Time.Advance(Second);
        await host.Probe.Seen("tick 1");
        host.Probe.Open("gate2");
        await alsoHeld.Soon();
        await interleaves.Stop();
        host.Probe.Log.Count(entry => entry == "tick 1").ShouldBe(1);

        host.Probe.Open("gate");
        await held.Soon();
        await host.Probe.Seen("tick 1", times: 2);
    }

    [Fact]
    public async Task ATimerNeverOverlapsItselfAndCountsThePeriodFromTheEndOfATick()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Start(Second, Second, interleave: true, gate: "gate");
        host.Time.Advance(Second);
        await host.Probe.Seen("tick 1");

        host.Time.Advance(10 * Second);
        await Grain(host).Ping();
        host.Probe.Has("tick 2").ShouldBeFalse();
        host.Probe.Open("gate");
        await host.Probe.Seen("tock 1 False");
        await Grain(host).Ping();
        host.Probe.Has("tick 2").ShouldBeFalse();

        host.Time.Advance(Second);
        await host.Probe.Seen("tock 2 False");
    }

    [Fact]
    public async Task ChangeTakesEffectAtOnceOrAfterTheTickThatRuns()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Start(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave: true, gate: "gate");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await Grain(host).Change(Second, Second);
        host.Time.Advance(Second);
        await host.Probe.Seen("tick 1");

        await Grain(host).Change(5 * Second, Second);
        host.Probe.Open("gate");
        await host.Probe.Seen("tock 1 False");
        await Grain(host).Ping();
        host.Time.Advance(4 * Second);
        await Grain(host).Ping();
        host.Probe.Has("tick 2").ShouldBeFalse();
        host.Time.Advance(Second);
        await host.Probe.Seen("tick 2");
    }

    [Fact]
    public async Task DisposeStopsItAndCancelsTheCallbackThatRuns()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Start(Second, Second, interleave: true, gate: "gate");
        host.Time.Advance(Second);
        await host.Probe.Seen("tick 1");

        await Grain(host).Stop();
        await host.Probe.Seen("cancelled");
        host.Probe.Open("gate");
        await host.Probe.Seen("tock 1 False");
        host.Time.Advance(10 * Second);
        await Grain(host).Ping();

        host.Probe.Has("tick 2").ShouldBeFalse();
    }

    [Fact]
    public async Task AFailedTickIsLoggedAndTheTimerGoesOn()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Fail();

        host.Time.Advance(Second);
        await host.Probe.Seen("fail 1");
        await Grain(host).Ping();
        host.Time.Advance(Second);
        await host.Probe.Seen("fail 2");

        host.Log.Entries.ShouldContain(entry => entry.Event == 3110 && entry.Text.Contains("tick/a") && entry.Exception is FormatException);
    }

    [Fact]
    public async Task TicksKeepAGrainOnlyWhenTheyAreToldTo()
    {
        await using var host = await GrainTestHost.StartAsync(options => options.CollectionAge = TimeSpan.FromMinutes(5));
        var (kept, idle) = (host.Grains.GetGrain<ITickGrain>("kept"), host.Grains.GetGrain<ITickGrain>("idle"));
        await kept.Start(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), keepAlive: true);
        await idle.Start(TimeSpan.FromMinutes(3), TimeSpan.FromHours(3));

        host.Time.Advance(TimeSpan.FromMinutes(3));
        await host.Probe.Seen("tock 1 False", times: 2);
        // A one-way fence of a kind: the idle grain must have finished its tick, and no call may count as use of it.
        await kept.Ping();
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Probe.Seen("ended ActivationIdle");

        host.Management.IsActive(kept).ShouldBeTrue();
    }

    [Fact]
    public async Task TimersEndWithTheActivation()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).Start(Second, Second);

        await host.Management.DeactivateAsync(Grain(host)).Soon();
        host.Time.Advance(10 * Second);
        await Grain(host).Ping();

        host.Probe.Log.ShouldBe(["ended RuntimeRequested"]);
    }

    [Fact]
    public async Task AllFormsOfRegisteringWorkAndOnlyWithinTheGrain()
    {
        await using var host = await GrainTestHost.StartAsync();
        await Grain(host).AllForms();
        host.Time.Advance(Second);
        for (var form = 1; form <= 8; form++)
            await host.Probe.Seen($"{form}");

        (await Grain(host).FromOutside()).ShouldBeTrue();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain(host).Start(-5 * Second, Second));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain(host).Start(Second, TimeSpan.FromDays(60)));
    }

    private static ITickGrain Grain(GrainTestHost host) => host.Grains.GetGrain<ITickGrain>("a");
}
