using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A running timer of a grain. <c>Dispose</c> stops it and cancels the token of a callback that runs.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Sets due time and period anew. During a callback, it takes effect when the callback has completed.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>How a grain timer runs.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>Until the first tick. Zero: at once; infinite: not before <see cref="IGrainTimer.Change"/>.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>From the end of one tick to the next. Infinite: one tick only.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether a tick may interleave with requests. Default: it waits its turn like a request.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether a tick counts as use of the activation, so that the idle limit starts anew. Default: no.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans.Timers
{
    /// <summary>Where grain timers come from.</summary>
    public interface ITimerRegistry
    {
        /// <inheritdoc cref="GrainBaseExtensions.RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)"/>
        IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
    }
}
