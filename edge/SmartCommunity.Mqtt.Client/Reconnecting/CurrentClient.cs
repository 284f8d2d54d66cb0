namespace SmartCommunity.Mqtt.Client.Reconnecting;

/// <summary>The connection that stands now, for those who need one and wait when there is none.</summary>
internal sealed class CurrentClient
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<MqttClient> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttClient? _client;

    /// <summary>The connection; null when there is none.</summary>
    public MqttClient? Value => Volatile.Read(ref _client);

    /// <summary>Waits for a connection.</summary>
    public Task<MqttClient> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _next.Task.WaitAsync(cancellationToken);
    }

    /// <summary>A connection stands.</summary>
    public void Set(MqttClient client)
    {
        lock (_gate)
        {
            _client = client;
            _next.TrySetResult(client);
        }
    }

    /// <summary>A connection has ended; of no effect when it is not the current one.</summary>
    public void Retire(MqttClient client)
    {
        lock (_gate)
        {
            if (_client != client) return;
            _client = null;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>There will be no other connection.</summary>
    public void Fail(Exception cause)
    {
        lock (_gate)
        {
            if (_client is not null || _next.Task.IsCompleted) _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _client = null;
            _next.TrySetException(cause);
            // Who waits hears of it; when nobody does, that is no fault.
            _ = _next.Task.Exception;
        }
    }
}
