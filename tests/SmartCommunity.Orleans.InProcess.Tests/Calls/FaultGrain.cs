using System.Diagnostics;
using Orleans;
using Orleans.Concurrency;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public interface IFaultGrain : IGrainWithStringKey
{
    Task ThrowAtOnce(string text);

    Task<int> ThrowLater(string text);

    Task ReturnNull();

    [OneWay]
    Task ThrowUnseen(string text);

    /// <summary>Calls itself through another grain.</summary>
    Task CallBack(string through);

    Task CallThat(IFaultGrain other);

    Task Ping();

    Task<(string? Trace, string? Ambient)> WhatCameAlong();
}

public sealed class FaultGrain(Probe probe) : Grain, IFaultGrain
{
    /// <summary>What a caller may have around it.</summary>
    public static readonly AsyncLocal<string?> Ambient = new();

    public Task ThrowAtOnce(string text) => throw new FormatException(text);

    public async Task<int> ThrowLater(string text)
    {
        await Task.Yield();
        return WhereItHappens(text);
    }

    public Task ReturnNull()
    {
        Task? none = null;
        return none!;
    }

    public Task ThrowUnseen(string text) => throw new FormatException(text);

    public Task CallBack(string through) => GrainFactory.GetGrain<IFaultGrain>(through).CallThat(this.AsReference<IFaultGrain>());

    public async Task CallThat(IFaultGrain other)
    {
        var ping = other.Ping();
        probe.Write("sent");
        await ping;
    }

    public Task Ping() => Task.CompletedTask;

    public Task<(string? Trace, string? Ambient)> WhatCameAlong() => Task.FromResult((Activity.Current?.Id, Ambient.Value));

    private static int WhereItHappens(string text) => throw new FormatException(text);
}
