using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public sealed class ActivationTests
{
    [Fact]
    public async Task AReferenceActivatesNothingAndTheFirstCallDoesOnce()
    {
        await using var host = await Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        host.Management.ActivationCount.ShouldBe(0);

        var lives = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => host.Grains.GetGrain<ILifeGrain>("a").Life()))).Soon();

        lives.ShouldAllBe(life => life == 1);
        host.Management.ActivationCount.ShouldBe(1);
        host.Management.IsActive(grain).ShouldBeTrue();
    }

    [Fact]
    public async Task AFailedActivationFailsTheCallsThatWaitAndALaterCallTriesAgain()
    {
        await using var host = await Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("fails-1");

        (await Should.ThrowAsync<FormatException>(() => grain.Life().Soon())).Message.ShouldBe("Cannot begin.");

        (await grain.Life().Soon()).ShouldBe(2);
        host.Probe.Log.ShouldBe(["activate 1", "dispose 1", "dispose scope", "activate 2"]);
        host.Log.Entries.ShouldContain(entry => entry.Event == 3102 && entry.Text.Contains("life/fails-1"));
    }

    [Fact]
    public async Task CallsWaitWhileAGrainActivates()
    {
        await using var host = await Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("slow");
        var calls = Enumerable.Range(0, 3).Select(_ => grain.Life()).ToList();
        await host.Probe.Seen("activate 1");

        calls.ShouldAllBe(call => !call.IsCompleted);
        host.Probe.Open("activated");
        (await Task.WhenAll(calls).Soon()).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task AnActivationThatHangsFailsInTime()
    {
        await using var host = await Start(options => options.ActivationTimeout = TimeSpan.FromSeconds(5));
        var call = host.Grains.GetGrain<ILifeGrain>("hangs").Life();
        await host.Probe.Seen("activate 1");

        host.Time.Advance(TimeSpan.FromSeconds(6));

        (await Should.ThrowAsync<TimeoutException>(() => call.Soon())).Message.ShouldContain("life/hangs was not activated within 00:00:05");
        await host.Probe.Seen("dispose scope");
    }

    [Fact]
    public async Task AGrainThatLeavesWhenItIsActivatedStillServesACall()
    {
        await using var host = await Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("leaves");

        (await grain.Life().Soon()).ShouldBe(1);
        (await grain.Life().Soon()).ShouldBe(2);
    }

    [Fact]
    public async Task EachActivationHasAScopeOfServicesAndItsContext()
    {
        await using var host = await Start();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");

        (await grain.ServicesAreScoped()).ShouldBeTrue();
        (await grain.ResumesOnItsOwnScheduler()).ShouldBeTrue();
    }

    internal static Task<GrainTestHost> Start(Action<InProcessGrainOptions>? options = null) =>
        GrainTestHost.StartAsync(options, services => services.AddScoped<ScopedThing>());
}
