using Orleans;
using Orleans.Concurrency;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

/// <summary>Every method says that it has begun, and ends when the test opens its gate.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    Task Plain(string id);

    [ReadOnly]
    Task Read(string id);

    [ReadOnly]
    Task ReadObject(object value);

    [AlwaysInterleave]
    Task Always(string id);

    /// <summary>Completes at once, whatever runs: shows that what was sent before it has been looked at.</summary>
    [AlwaysInterleave]
    Task Fence();

    [OneWay]
    Task OneWay(string id);

    Task WithToken(string id, CancellationToken token);

    ValueTask<string> Echo(string text);

    ValueTask Nothing();
}

public class GateGrain(Probe probe) : Grain, IGateGrain
{
    public Task Plain(string id) => Pass(id);

    public Task Read(string id) => Pass(id);

    public Task ReadObject(object value) => Task.CompletedTask;

    public Task Always(string id) => Pass(id);

    public Task Fence() => Task.CompletedTask;

    public Task OneWay(string id) => Pass(id);

    public async Task WithToken(string id, CancellationToken token)
    {
        probe.Write($"{id} in");
        using var _ = token.Register(() => probe.Write($"{id} cancelled"));
        await probe.Gate(id);
    }

    public ValueTask<string> Echo(string text) => new($"{this.GetPrimaryKeyString()}:{text}");

    public async ValueTask Nothing() => await Task.Yield();

    private async Task Pass(string id)
    {
        probe.Write($"{id} in");
        await probe.Gate(id);
        probe.Write($"{id} out");
    }
}

public interface IReentrantGateGrain : IGateGrain;

[Reentrant]
public sealed class ReentrantGateGrain(Probe probe) : GateGrain(probe), IReentrantGateGrain;
