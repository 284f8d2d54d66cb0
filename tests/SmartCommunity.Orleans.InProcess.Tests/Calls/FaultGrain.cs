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

    [OneWay]
    Task WriteTrace(string id);

    Task<string?> TraceOfCaller();
}

public sealed class FaultGrain(Probe probe) : Grain, IFaultGrain
{
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

    public Task WriteTrace(string id)
    {
        probe.Write($"{id} {Activity.Current?.Id}");
        return Task.CompletedTask;
    }

    public Task<string?> TraceOfCaller() => Task.FromResult(Activity.Current?.Id);

    private static int WhereItHappens(string text) => throw new FormatException(text);
}
