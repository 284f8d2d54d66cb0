using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class is to the host. <see cref="Grain"/> implements it; a class may also do so directly.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this instance lives in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs once, before the first call. An exception fails the calls that wait; a later call activates again.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs once, after the last call has completed. An exception is logged.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
