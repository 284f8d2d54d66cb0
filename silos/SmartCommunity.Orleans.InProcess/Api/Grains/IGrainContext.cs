namespace Orleans.Runtime;

/// <summary>An activation, as its grain and its facets see it: the part of Orleans' interface that has a meaning in one process.</summary>
public interface IGrainContext
{
    /// <summary>A reference to this grain.</summary>
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    /// <summary>The grain object; null until its constructor has run.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's own service scope.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation when the running requests have completed. Returns at once; the first reason wins.</summary>
    /// <param name="deactivationReason">What <c>OnDeactivateAsync</c> is told.</param>
    /// <param name="cancellationToken">Cuts <c>OnDeactivateAsync</c> short, beside the time that the options give it.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Tells which activation the calling code runs in.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}

/// <summary>What <c>Grain</c> asks of the host, so that a test can stand in for it.</summary>
public interface IGrainRuntime
{
    /// <summary>The name of the host, for messages.</summary>
    string SiloIdentity { get; }

    IGrainFactory GrainFactory { get; }

    Timers.ITimerRegistry TimerRegistry { get; }

    IServiceProvider ServiceProvider { get; }

    TimeProvider TimeProvider => TimeProvider.System;

    void DeactivateOnIdle(IGrainContext grainContext);

    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
