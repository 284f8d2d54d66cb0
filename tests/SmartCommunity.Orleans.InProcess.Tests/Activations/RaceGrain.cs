using Orleans;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public sealed class RaceState
{
    public Dictionary<int, List<int>> Taken { get; set; } = [];
}

public interface IRaceGrain : IGrainWithStringKey
{
    Task Take(int caller, int number, bool leave, bool yield);

    Task<RaceState> Taken();
}

/// <summary>Keeps numbers in memory, and writes them only when it ends: so a lost or doubled life shows.</summary>
public sealed class RaceGrain([PersistentState("taken", "memory")] IPersistentState<RaceState> state, LifeCount lives) : Grain, IRaceGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        lives.Begin(this.GetPrimaryKeyString());
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await state.WriteStateAsync();
        lives.End(this.GetPrimaryKeyString());
    }

    public async Task Take(int caller, int number, bool leave, bool yield)
    {
        if (leave)
            DeactivateOnIdle();
        if (yield)
            await Task.Yield();
        if (!state.State.Taken.TryGetValue(caller, out var numbers))
            state.State.Taken[caller] = numbers = [];
        numbers.Add(number);
    }

    public Task<RaceState> Taken() => Task.FromResult(state.State);
}

/// <summary>Counts the lives of each grain that are going on; two at once are one too many.</summary>
public sealed class LifeCount
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _living = new(StringComparer.Ordinal);

    public int Begun { get; private set; }

    public int Doubled { get; private set; }

    public void Begin(string key)
    {
        lock (_gate)
        {
            Begun++;
            if (!_living.Add(key))
                Doubled++;
        }
    }

    public void End(string key)
    {
        lock (_gate)
            _living.Remove(key);
    }
}
