using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.State;

public sealed class PersistentStateTests
{
    private readonly MemoryGrainStorage _storage = new();

    [Fact]
    public async Task StateIsReadBeforeOnActivateAndOutlivesActivationAndHost()
    {
        await using (var host = await Start())
        {
            var grain = Grain(host);
            (await grain.Read()).ShouldBe("new");
            (await grain.Version()).ShouldBe((null, false));
            await grain.Write("written");
            await grain.WriteMark(7);
            (await grain.Version()).Exists.ShouldBeTrue();
            await host.Management.DeactivateAsync(grain).Soon();
            (await grain.Read()).ShouldBe("written");
            host.Probe.Log.ShouldBe(["activated with new", "activated with written"]);
        }

        await using var next = await Start();
        (await Grain(next).Read()).ShouldBe("written");
        (await Grain(next).MarkValue()).ShouldBe(7);
        _storage.Count.ShouldBe(2);
    }

    [Fact]
    public async Task WhatIsNotWrittenIsForgotten()
    {
        await using var host = await Start();
        await Grain(host).Write("one");
        await Grain(host).Clear();

        (await Grain(host).Read()).ShouldBe("new");
        (await Grain(host).Version()).ShouldBe((null, false));
        (await Grain(host).MarkValue()).ShouldBeNull();
        _storage.Count.ShouldBe(0);
    }

    [Fact]
    public async Task AConflictReachesTheCallerAndTheActivationStartsAnew()
    {
        await using var host = await Start();
        await Grain(host).Write("mine");
        await WriteBehindItsBack("theirs");

        var failure = await Should.ThrowAsync<InconsistentStateException>(() => Grain(host).Write("mine again").Soon());

        failure.StoredEtag.ShouldNotBe(failure.CurrentEtag);
        (await Grain(host).Read().Soon()).ShouldBe("theirs");
        host.Log.Entries.ShouldContain(entry => entry.Event == 3106 && entry.Text.Contains("note/a"));
    }

    [Fact]
    public async Task AConflictThatTheGrainHandlesItselfChangesNothingElse()
    {
        await using var host = await Start();
        await Grain(host).Write("mine");
        await WriteBehindItsBack("theirs");

        (await Grain(host).TryWrite("mine again")).ShouldBeFalse();

        (await Grain(host).Read()).ShouldBe("theirs");
        host.Probe.Log.Count(entry => entry.StartsWith("activated", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task OnlyTheGrainWhoseStateItIsStartsAnewNotItsCaller()
    {
        await using var host = await Start();
        await Grain(host).Write("mine");
        var caller = host.Grains.GetGrain<IProxyGrain>("p");
        await WriteBehindItsBack("theirs");

        await Should.ThrowAsync<InconsistentStateException>(() => caller.Write("a", "mine again").Soon());

        (await caller.Lives().Soon()).ShouldBe(1);
        (await Grain(host).Read().Soon()).ShouldBe("theirs");
    }

    [Fact]
    public async Task AConflictInATimerStartsTheActivationAnew()
    {
        await using var host = await Start();
        await Grain(host).Write("mine");
        await Grain(host).WriteInTimer("mine again");
        await WriteBehindItsBack("theirs");

        host.Time.Advance(TimeSpan.FromSeconds(1));
        while (host.Log.Entries.All(entry => entry.Event != 3106))
            await Task.Yield();

        (await Grain(host).Read().Soon()).ShouldBe("theirs");
    }

    [Fact]
    public async Task AStoreThatFailsFailsTheActivationAndIsNamed()
    {
        await using var host = await GrainTestHost.StartAsync(services: services => services.AddGrainStorage("memory", _ => new BrokenStorage()));

        var failure = await Should.ThrowAsync<OrleansException>(() => Grain(host).Read().Soon());
        failure.Message.ShouldContain("note/a");
        failure.InnerException.ShouldBeOfType<IOException>();

        var missing = await Should.ThrowAsync<BadProviderConfigException>(() => host.Grains.GetGrain<ILostGrain>("a").Ping().Soon());
        missing.Message.ShouldContain("nowhere");
    }

    private Task<GrainTestHost> Start() => GrainTestHost.StartAsync(services: services => services.AddGrainStorage("memory", _ => _storage));

    private static INoteGrain Grain(GrainTestHost host) => host.Grains.GetGrain<INoteGrain>("a");

    private async Task WriteBehindItsBack(string text)
    {
        var record = new GrainState<Note>();
        await _storage.ReadStateAsync("note", GrainId.Create("note", "a"), record);
        record.State.Text = text;
        await _storage.WriteStateAsync("note", GrainId.Create("note", "a"), record);
    }

    private sealed class BrokenStorage : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new IOException("The disk is gone.");
    }
}
