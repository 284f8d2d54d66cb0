using Orleans.Runtime;
using Orleans.Timers;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.Timers;

/// <inheritdoc/>
internal sealed class TimerRegistry(ActivationHost host) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        TimerLimits.Check(options.DueTime, options.Period);
        if (grainContext is not Activation activation || !ReferenceEquals(RuntimeContext.Current, activation))
            throw new InvalidOperationException("A grain timer is registered by the grain's own code, on its own turn: not from Task.Run, and not by others.");

        // What the registering call carries along, such as its trace, must not go with every tick.
        if (ExecutionContext.IsFlowSuppressed())
            return new GrainTimer<TState>(activation, host, callback, state, options).Start();
        using (ExecutionContext.SuppressFlow())
            return new GrainTimer<TState>(activation, host, callback, state, options).Start();
    }
}

/// <summary>What a timer can be set to: the limits of the system's own.</summary>
internal static class TimerLimits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or more than about 49 days.</exception>
    public static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, Longest);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, Longest);
    }
}
