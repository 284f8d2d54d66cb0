using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>A call on its way through the filters: the host's in order, then the grain's own, then the method.</summary>
internal sealed class FilterChain(
    IReadOnlyList<IIncomingGrainCallFilter> filters, Activation activation, IInvokable request, GrainId? source, Func<Task<object?>> method)
    : IIncomingGrainCallContext
{
    private int _next;

    public IInvokable Request => request;

    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => source;

    public GrainId TargetId => activation.GrainId;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public MethodInfo ImplementationMethod => activation.Class.ImplementationOf(InterfaceMethod);

    public IGrainContext TargetContext => activation;

    public object? Result { get; set; }

    public async Task Invoke()
    {
        var step = _next++;
        try
        {
            if (step < filters.Count)
                await filters[step].Invoke(this);
            else if (step == filters.Count && Grain is IIncomingGrainCallFilter own)
                await own.Invoke(this);
            else
                Result = await method() is var result and not Nothing ? result : null;
        }
        finally
        {
            // A filter may call again, to retry what comes after it.
            _next = step;
        }
    }
}
