using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Activations;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Life();

    Task Hold(string gate);

    /// <summary>Asks for deactivation, and then waits at a gate.</summary>
    Task<int> Leave(string? gate = null);

    Task Keep(TimeSpan time);

    Task<bool> ServicesAreScoped();

    Task<bool> ResumesOnItsOwnScheduler();
}

/// <summary>Writes down how it lives.</summary>
public sealed class LifeGrain(Probe probe, IGrainContext context, ScopedThing thing) : Grain, ILifeGrain, IAsyncDisposable
{
    private int _life;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _life = probe.NextLife(this.GetPrimaryKeyString());
        probe.Write($"activate {_life}");
        var key = this.GetPrimaryKeyString();
        if (key == $"fails-{_life}")
            throw new FormatException("Cannot begin.");
        if (key == "slow")
            await probe.Gate("activated");
        if (key == "hangs")
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (key == "leaves")
            DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write($"deactivate {_life} {reason.ReasonCode}");
        if (this.GetPrimaryKeyString() == "slow-end")
            await probe.Gate("deactivated");
        if (this.GetPrimaryKeyString() == "bad-end")
            throw new FormatException("Cannot end.");
        if (this.GetPrimaryKeyString() == "endless" && _life == 1)
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    public Task<int> Life() => Task.FromResult(_life);

    public async Task Hold(string gate)
    {
        probe.Write($"hold {gate}");
        await probe.Gate(gate);
        probe.Write($"held {gate}");
    }

    public async Task<int> Leave(string? gate = null)
    {
        DeactivateOnIdle();
        if (gate is not null)
            await Hold(gate);
        return _life;
    }

    public Task Keep(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<bool> ServicesAreScoped() =>
        Task.FromResult(ReferenceEquals(thing, ServiceProvider.GetService(typeof(ScopedThing))) && ReferenceEquals(context, GrainContext));

    public async Task<bool> ResumesOnItsOwnScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Run(() => { });
        return ReferenceEquals(before, TaskScheduler.Current) && !ReferenceEquals(before, TaskScheduler.Default);
    }

    public ValueTask DisposeAsync()
    {
        probe.Write($"dispose {_life}");
        return ValueTask.CompletedTask;
    }
}

/// <summary>A service of which each activation has its own.</summary>
public sealed class ScopedThing(Probe probe) : IDisposable
{
    public void Dispose() => probe.Write("dispose scope");
}
