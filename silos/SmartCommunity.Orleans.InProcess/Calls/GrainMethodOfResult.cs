using System.Reflection;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <inheritdoc/>
internal sealed class GrainMethod<TResult> : GrainMethod
{
    private readonly Lazy<Func<object, object?[], ValueTask<TResult>>> _invoke;
    private readonly bool _returnsValueTask;

    public GrainMethod(GrainContract contract, MethodInfo method, CallServices services) : base(contract, method, services)
    {
        _invoke = new(() => MethodInvoker.Compile<TResult>(method));
        _returnsValueTask = method.ReturnType.IsValueType;
    }

    /// <summary>Calls the method on the grain object.</summary>
    public ValueTask<TResult> Invoke(object grain, object?[] arguments) => _invoke.Value(grain, arguments);

    public override object Send(GrainReference target, object?[] arguments)
    {
        var request = new GrainRequest<TResult>(this, target.GrainId, arguments);
        if (!request.Task.IsCompleted)
            target.Send(request);
        return OneWay ? Answer(Task.FromResult<TResult>(default!)) : Answer(request.Task);
    }

    private object Answer(Task<TResult> task)
    {
        if (!_returnsValueTask)
            return task;
        return typeof(TResult) == typeof(Nothing) ? new ValueTask(task) : new ValueTask<TResult>(task);
    }
}
