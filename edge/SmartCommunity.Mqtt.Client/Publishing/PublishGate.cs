using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>Lets publishes of one connection through as long as the window and the send buffer have room; the rest waits in order.</summary>
internal sealed class PublishGate(PublishWindow window, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SendQueue _sendQueue = null!;
    private int _connection;
    private TaskCompletionSource? _room;
    private Exception? _closed;
    private int _queued;

    public int InFlight => window.InFlight;

    private bool HasRoom => _sendQueue.HasRoom && window.HasRoom(_connection);

    /// <summary>Starts on a connection: what an earlier one left is sent again first.</summary>
    public void Open(SendQueue sendQueue, int receiveMaximum)
    {
        _sendQueue = sendQueue;
        _connection = window.StartConnection(receiveMaximum);
        Resend();
    }

    /// <summary>Room may have come: PUBACKs arrived or the socket took data.</summary>
    public void Wake()
    {
        Resend();
        LetIn();
    }

    /// <summary>Ends all waiting.</summary>
    public void Close(Exception cause)
    {
        window.EndConnection();
        lock (_gate) _closed ??= cause;
        LetIn();
    }

    public bool TryPublish(TopicName topic, ReadOnlySpan<byte> payload, IPublishOutcome outcome)
    {
        ThrowIfClosed();
        // What waits in PublishAsync was there first.
        if (Volatile.Read(ref _queued) > 0 || !_sendQueue.HasRoom || !window.TryTake(_connection, outcome, time.GetTimestamp(), out var packetId)) return false;
        var packet = new OutgoingPublish { Topic = topic.Utf8.Span, Payload = payload, Qos = QualityOfService.AtLeastOnce, PacketId = packetId };
        Send(in packet);
        return true;
    }

    public async Task<ReasonCode> PublishAsync(MqttPublish message, CancellationToken cancellationToken)
    {
        var operation = PublishOperation.Create(message);
        await StartAsync(message, operation, cancellationToken).ConfigureAwait(false);
        return operation is null ? ReasonCode.Success : await operation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when the message waits for the socket; its outcome comes through the operation, which is null at QoS 0.</summary>
    public ValueTask StartAsync(MqttPublish message, PublishOperation? operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Volatile.Read(ref _queued) == 0 && TryStart(message, operation);
        return started ? ValueTask.CompletedTask : new ValueTask(StartInTurnAsync(message, operation, cancellationToken));
    }

    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        var room = Room();
        ThrowIfClosed();
        return HasRoom && Volatile.Read(ref _queued) == 0 ? Task.CompletedTask : room.WaitAsync(cancellationToken);
    }

    // SemaphoreSlim hands its turn over in the order of the waiting calls, so that messages go out in the order of PublishAsync.
    private async Task StartInTurnAsync(MqttPublish message, PublishOperation? operation, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queued);
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                while (!TryStart(message, operation))
                {
                    var room = Room();
                    if (!HasRoom && Volatile.Read(ref _closed) is null) await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    // The waiter is registered before it looks, so that room which comes in between wakes it.
    private Task Room()
    {
        lock (_gate)
        {
            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private bool TryStart(in MqttPublish message, PublishOperation? operation)
    {
        ThrowIfClosed();
        if (!_sendQueue.HasRoom) return false;
        ushort packetId = 0;
        if (operation is not null && !window.TryTake(_connection, operation, time.GetTimestamp(), out packetId)) return false;
        var packet = message.ToPacket(packetId, duplicate: false);
        Send(in packet);
        return true;
    }

    private void Send(in OutgoingPublish packet)
    {
        if (_sendQueue.Publish(in packet)) return;
        window.Release(packet.PacketId, out _);
        throw new ArgumentException($"A message of {packet.Payload.Length} bytes is larger than the server takes.");
    }

    private void Resend()
    {
        while (window.TryResend(_connection, out var packetId, out var outcome))
        {
            // Only awaited publishes outlive a connection; see PublishOperation.
            if (outcome is not PublishOperation operation) continue;
            var packet = operation.Message.ToPacket(packetId, duplicate: true);
            if (_sendQueue.Publish(in packet)) continue;
            window.Release(packetId, out _)?.Lost(new ArgumentException("The message is larger than the server takes now."));
        }
    }

    private void LetIn()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed) is not { } cause) return;
        throw new MqttConnectionLostException("The MQTT connection has ended.", (cause as MqttConnectionLostException)?.Reason, cause);
    }
}
