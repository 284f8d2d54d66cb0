using Orleans;
using Orleans.Concurrency;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Reads, yields, writes: loses counts unless one request is done before the next begins.</summary>
    Task<int> AddSlowly();

    /// <summary>The same without a yield.</summary>
    Task<int> AddAtOnce();

    Task<int> Violations();
}

/// <summary>Counts how often two pieces of its code ran at once.</summary>
public class CounterGrain : Grain, ICounterGrain
{
    private int _count;
    private int _inside;
    private int _violations;

    public async Task<int> AddSlowly()
    {
        Enter();
        var seen = _count;
        Leave();
        await Task.Yield();
        Enter();
        _count = seen + 1;
        Leave();
        return _count;
    }

    public Task<int> AddAtOnce()
    {
        Enter();
        _count++;
        Leave();
        return Task.FromResult(_count);
    }

    public Task<int> Violations() => Task.FromResult(_violations);

    private void Enter()
    {
        if (Interlocked.Increment(ref _inside) != 1)
            _violations++;
        Thread.SpinWait(20);
    }

    private void Leave() => Interlocked.Decrement(ref _inside);
}

public interface IReentrantCounterGrain : ICounterGrain;

[Reentrant]
public sealed class ReentrantCounterGrain : CounterGrain, IReentrantCounterGrain;
