using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Calls;

namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>Where grain references find activations and other references.</summary>
internal interface IActivationSource
{
    /// <summary>Queues the turn at the grain's activation and returns that activation; null when the host takes no calls any more.</summary>
    Activation? Send(GrainId grainId, Turn turn, Activation? lastSeen);

    /// <summary>A reference to the grain as the given interface.</summary>
    /// <exception cref="ArgumentException">The grain's class does not implement it.</exception>
    GrainReference Reference(GrainId grainId, Type interfaceType);
}
