using System.Threading.Tasks.Sources;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>Wakes one waiter. Signals that come while nobody waits are kept as one, so none is missed. Allocates nothing per use.</summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Signalled = 2;
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Signalled) == Waiting) _core.SetResult(true);
    }

    /// <summary>Completes at the next signal, or at once when one is kept. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Signalled) == Signalled) return ValueTask.CompletedTask;
        _core.Reset();
        // A signal between the two exchanges is kept in the state; the waiter must then not wait.
        return Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle ? new ValueTask(this, _core.Version) : TakeKept();
    }

    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        Volatile.Write(ref _state, Idle);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private ValueTask TakeKept()
    {
        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }
}
