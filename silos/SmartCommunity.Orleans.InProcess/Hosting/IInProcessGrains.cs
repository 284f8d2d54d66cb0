using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>What the host and tests can see and do of the activations in this process. Orleans has no such interface; grains must not use it.</summary>
public interface IInProcessGrains
{
    /// <summary>How many activations live, those that begin or end included.</summary>
    int ActivationCount { get; }

    /// <summary>Whether the grain has an activation.</summary>
    bool IsActive(IAddressable grain);

    /// <summary>Ends the grain's activation, if it has one, and returns when it has ended. Calls that wait go to the next.</summary>
    Task DeactivateAsync(IAddressable grain);

    /// <summary>Ends all activations that live now, and returns when they have ended.</summary>
    Task DeactivateAllAsync();
}

/// <inheritdoc/>
internal sealed class InProcessGrains(ActivationDirectory directory) : IInProcessGrains
{
    private static readonly DeactivationReason Asked = new(DeactivationReasonCode.RuntimeRequested, "The host asked for it.");

    public int ActivationCount => directory.Count;

    public bool IsActive(IAddressable grain) => directory.Find(grain.GetGrainId()) is not null;

    public Task DeactivateAsync(IAddressable grain)
    {
        if (directory.Find(grain.GetGrainId()) is not { } activation)
            return Task.CompletedTask;
        activation.Deactivate(Asked);
        return activation.Deactivated;
    }

    public Task DeactivateAllAsync() => directory.DeactivateAllAsync(Asked, drain: false);
}
