using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// The usual base of a grain class. One instance exists per key; its code runs one turn at a time, so that fields need no locks.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainRuntime? _runtime;

    /// <summary>For a grain that the host creates.</summary>
    protected Grain() : this(RuntimeContext.Current!, grainRuntime: null)
    {
    }

    /// <summary>For a grain that a test creates, with a context and a runtime of the test's own.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime ?? grainContext?.ActivationServices.GetService<IGrainRuntime>();
    }

    /// <summary>The activation that this instance lives in.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain. To hand it to others as its interface, use <c>this.AsReference&lt;T&gt;()</c>.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's identity as text, for messages.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The name of the host that this activation runs in, for messages.</summary>
    public string RuntimeIdentity => _runtime?.SiloIdentity ?? string.Empty;

    /// <summary>Gives references to other grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The activation's own service scope; it is disposed after deactivation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext?.ActivationServices ?? Runtime.ServiceProvider;

    private IGrainRuntime Runtime =>
        _runtime ?? throw new InvalidOperationException($"{GetType()} was created with new, not by a grain call, and no runtime was passed to it.");

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="GrainBaseExtensions.DeactivateOnIdle"/>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps the activation for at least this long, whatever the idle limit is. Infinite: until the host stops. Zero or less: back to the idle limit.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(GrainContext, timeSpan);
}
