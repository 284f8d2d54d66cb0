using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Activations;
using SmartCommunity.Orleans.InProcess.Tests.Calls;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Hosting;

public interface IUnmadeGrain : IGrainWithStringKey
{
    Task Ping();
}

public interface IWrongGrain : IGrainWithStringKey
{
    int NotATask();

    Task Generic<T>(T value);

    Task ByRef(ref int value);
}

public sealed class WrongGrain : Grain, IWrongGrain
{
    public int NotATask() => 0;

    public Task Generic<T>(T value) => Task.CompletedTask;

    public Task ByRef(ref int value) => Task.CompletedTask;
}

public interface INamedGrain : IGrainWithStringKey
{
    Task<string> Id();
}

[GrainType("another-name")]
internal sealed class NamedGrain : Grain, INamedGrain
{
    public Task<string> Id() => Task.FromResult(IdentityString);
}

public sealed class DiscoveryTests
{
    [Fact]
    public async Task AReferenceSaysWhoItIsAndReferencesToOneGrainAreEqual()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IOrderGrain>("community/building");

        grain.GetPrimaryKeyString().ShouldBe("community/building");
        grain.GetGrainId().ShouldBe(GrainId.Parse("order/community/building"));
        grain.ShouldBe(host.Grains.GetGrain<IOrderGrain>(grain.GetGrainId()));
        grain.ShouldBe((IOrderGrain)host.Grains.GetGrain(typeof(IOrderGrain), "community/building"));
        grain.ShouldNotBe(host.Grains.GetGrain<IOrderGrain>("other"));
        (await host.Grains.GetGrain<INamedGrain>("x").Id()).ShouldBe("another-name/x");
    }

    [Fact]
    public async Task WhatCannotBeCalledIsSaidAllAtOnce()
    {
        await using var host = await GrainTestHost.StartAsync();

        Should.Throw<ArgumentException>(() => host.Grains.GetGrain<IUnmadeGrain>("a")).Message.ShouldContain("No grain class implements");
        Should.Throw<ArgumentException>(() => host.Grains.GetGrain<ICounterGrain>("a")).Message.ShouldContain("Several grain classes");
        Should.Throw<ArgumentException>(() => host.Grains.GetGrain<IOrderGrain>(" "));
        Should.Throw<ArgumentException>(() => host.Grains.GetGrain<IUnmadeGrain>(host.Grains.GetGrain<IOrderGrain>("a").GetGrainId()));
        var wrong = Should.Throw<ArgumentException>(() => host.Grains.GetGrain<IWrongGrain>("a")).Message;
        wrong.ShouldContain("IWrongGrain.NotATask must return");
        wrong.ShouldContain("IWrongGrain.Generic is generic");
        wrong.ShouldContain("IWrongGrain.ByRef has a ref");
        Should.Throw<ArgumentException>(() => new CounterGrain().GetPrimaryKeyString());
    }

    [Fact]
    public async Task OptionsThatMakeNoSenseStopTheStartAndAreAllNamed()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => GrainTestHost.StartAsync(options =>
        {
            options.ResponseTimeout = TimeSpan.Zero;
            options.MaxConcurrentReminders = 0;
            options.CollectionQuantum = TimeSpan.FromHours(1);
        }));

        failure.Failures.Count().ShouldBe(3);
    }

    [Fact]
    public async Task ActivationsCallsAndFailuresAreCounted()
    {
        await using var host = await GrainTestHost.StartAsync(services: services => services.AddScoped<ScopedThing>());
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counts)
            {
                var key = $"{instrument.Name} {tags[0].Value}";
                counts[key] = counts.GetValueOrDefault(key) + value;
            }
        });
        listener.Start();

        await host.Grains.GetGrain<IFaultGrain>("a").Ping();
        await Should.ThrowAsync<FormatException>(() => host.Grains.GetGrain<IFaultGrain>("a").ThrowLater("x"));
        await Should.ThrowAsync<FormatException>(() => host.Grains.GetGrain<ILifeGrain>("fails-1").Life());
        await host.Grains.GetGrain<ILifeGrain>("b").Life();
        await host.Management.DeactivateAsync(host.Grains.GetGrain<ILifeGrain>("b"));

        lock (counts)
        {
            counts["grains.calls fault"].ShouldBe(2);
            counts["grains.call_failures fault"].ShouldBe(1);
            counts["grains.activations fault"].ShouldBe(1);
            counts["grains.activation_failures life"].ShouldBe(1);
            counts["grains.activations life"].ShouldBe(0);
        }
    }
}
