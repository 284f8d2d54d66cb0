using SmartCommunity.Gateway.Bridging.Configuration;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>What a bridge has done so far. Thread-safe.</summary>
internal sealed class BridgeState(BridgeOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile BridgeCondition _condition = BridgeCondition.Stopped;
    private DateTimeOffset _since = time.GetUtcNow();
    private string? _version;
    private string? _error;
    private DateTimeOffset? _errorAt;
    private long _received;
    private long _acknowledged;
    private long _owed;

    public bool IsConnected => _condition == BridgeCondition.Connected;

    public long Unacknowledged => Volatile.Read(ref _owed);

    /// <summary>Notes what it does now.</summary>
    public void Become(BridgeCondition condition, string? version = null)
    {
        lock (_gate)
        {
            if (_condition != condition)
                _since = time.GetUtcNow();
            _condition = condition;
            _version = version;
        }
    }

    public void Fail(string error)
    {
        lock (_gate)
            (_error, _errorAt) = (error, time.GetUtcNow());
    }

    public void Receive() => Interlocked.Increment(ref _received);

    /// <summary>An acknowledgement waits for the disk.</summary>
    public void Owe() => Interlocked.Increment(ref _owed);

    /// <summary>The broker was told.</summary>
    public void Acknowledge()
    {
        Interlocked.Decrement(ref _owed);
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>The connection that acknowledgements were owed to is no more.</summary>
    public void Forgive() => Volatile.Write(ref _owed, 0);

    public BridgeStatus Describe()
    {
        lock (_gate)
        {
            return new BridgeStatus(
                options.Name, options.EndPoint.ToString(), _condition, _since, _version, Volatile.Read(ref _received), Volatile.Read(ref _acknowledged),
                Volatile.Read(ref _owed), _error, _errorAt);
        }
    }
}
