using System.Diagnostics;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>One call of a grain method, from the caller to the grain and back.</summary>
internal sealed class GrainRequest<TResult> : Turn, IInvokable
{
    private readonly GrainMethod<TResult> _method;
    private readonly GrainId _target;
    private readonly object?[] _arguments;
    private readonly CallerToken? _token;
    private readonly Activity? _callerActivity = Activity.Current;

    private TResult? _result;
    private Exception? _failure;

    // The caller must not go on within the grain's turn.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GrainRequest(GrainMethod<TResult> method, GrainId target, object?[] arguments)
    {
        _method = method;
        _target = target;
        _arguments = arguments;
        SourceId = RuntimeContext.Current?.GrainId;
        SentAt = method.Services.Time.GetTimestamp();
        Interleaves = method.Interleaves;
        ReadOnly = method.ReadOnly;
        if (method.TokenIndex < 0)
            return;
        _token = new CallerToken((CancellationToken)arguments[method.TokenIndex]!, CancelByCaller);
        arguments[method.TokenIndex] = _token.ForGrain;
    }

    /// <summary>The answer, as the caller awaits it.</summary>
    public Task<TResult> Task => _answer.Task;

    /// <summary>The grain that sent it; null when it was not a grain.</summary>
    public GrainId? SourceId { get; }

    public override bool Abandoned => _answer.Task.IsCompleted;

    public override async ValueTask RunAsync(Activation activation)
    {
        var services = _method.Services;
        services.Metrics.CallStarted(activation.Class);
        if (!ReferenceEquals(_callerActivity, Activity.Current))
            Activity.Current = _callerActivity;
        try
        {
            var grain = activation.GrainInstance!;
            _result = activation.Class.FiltersCalls || services.Filters.Count > 0
                ? await RunFiltered(activation, grain)
                : await _method.Invoke(grain, _arguments);
        }
        catch (Exception exception)
        {
            services.Metrics.CallFailed(activation.Class);
            activation.OnFailure(exception);
            _failure = exception;
        }
        finally
        {
            _token?.Release();
        }
    }

    public override void Answer()
    {
        if (_failure is null)
            _answer.TrySetResult(_result!);
        else
            Fail(_failure);
    }

    public override void Reject(Exception reason)
    {
        _token?.Release();
        Fail(reason);
    }

    public override void Expire(TimeSpan limit, string? obstacle)
    {
        var state = obstacle is null ? "it still runs" : $"it has not started, because the grain {obstacle}";
        Fail(new TimeoutException(
            $"No answer from grain {_target} to {_method.Name} within {limit}: {state}. A grain that calls itself, directly or through others, " +
            "waits for itself unless its class is [Reentrant] or the method is [AlwaysInterleave]."));
        _token?.Release();
        _token?.Cancel();
    }

    public override string ToString() => _method.Name;

    int IInvokable.GetArgumentCount() => _arguments.Length;

    object? IInvokable.GetArgument(int index) => _arguments[index];

    void IInvokable.SetArgument(int index, object value) => _arguments[index] = value;

    string IInvokable.GetMethodName() => _method.Method.Name;

    string IInvokable.GetInterfaceName() => _method.Contract.InterfaceType.ToString();

    string IInvokable.GetActivityName() => $"{_method.Contract.Type.Name}/{_method.Method.Name}";

    MethodInfo IInvokable.GetMethod() => _method.Method;

    Type IInvokable.GetInterfaceType() => _method.Contract.Type;

    CancellationToken IInvokable.GetCancellationToken() => _token?.ForGrain ?? default;

    private async ValueTask<TResult> RunFiltered(Activation activation, object grain)
    {
        var chain = new FilterChain(_method.Services.Filters, activation, this, SourceId, async () => await _method.Invoke(grain, _arguments));
        await chain.Invoke();
        return chain.Result is null ? default! : (TResult)chain.Result;
    }

    private void Fail(Exception exception)
    {
        if (_method.OneWay)
            _method.Services.Logger.OneWayFailed(_method.Name, _target.ToString(), exception);
        _answer.TrySetException(exception);
        // A one-way caller never looks; touching the exception keeps it from being reported a second time, as unobserved.
        if (_method.OneWay)
            _ = _answer.Task.Exception;
    }

    private void CancelByCaller(CancellationToken token) => _answer.TrySetCanceled(token);
}
