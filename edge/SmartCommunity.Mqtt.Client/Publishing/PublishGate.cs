using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>Lets publishes of one connection through as long as the window and the send buffer have room; the rest waits in order.</summary>
internal sealed class PublishGate(ClientSession session, TimeProvider time)
{
    private readonly PublishWindow _window = session.Window;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SendQueue _sendQueue = null!;
    private ConnAckPacket _connAck = null!;
    private int _connection;
    private TaskCompletionSource? _room;
    private Exception? _closed;
    private int _queued;

    public int InFlight => _window.InFlight;

    private bool HasRoom => _sendQueue.HasRoom && _window.HasRoom(_connection);

    /// <summary>Starts on a connection: what an earlier one left is sent again first.</summary>
    public void Open(SendQueue sendQueue, ConnAckPacket connAck)
    {
        _sendQueue = sendQueue;
        _connAck = connAck;
        _connection = session.Start(connAck);
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
        _window.EndConnection();
        lock (_gate) _closed ??= cause;
        LetIn();
    }

    public bool TryPublish(TopicName topic, ReadOnlySpan<byte> payload, IPublishOutcome outcome)
    {
        ThrowIfClosed();
        if (_connAck.MaximumQos == QualityOfService.AtMostOnce) throw new MqttPublishRefusedException(topic.Text, ReasonCode.QosNotSupported);
        // What waits in PublishAsync was there first.
        if (Volatile.Read(ref _queued) > 0 || !_sendQueue.HasRoom || !_window.TryTake(_connection, outcome, time.GetTimestamp(), out var packetId)) return false;
        var packet = new OutgoingPublish { Topic = topic.Utf8.Span, Payload = payload, Qos = QualityOfService.AtLeastOnce, PacketId = packetId };
        Send(topic, in packet);
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
        ThrowIfNotTaken(in message);
        if (!_sendQueue.HasRoom) return false;
        ushort packetId = 0;
        var stage = message.Qos == QualityOfService.ExactlyOnce ? PublishStage.AwaitsPubRec : PublishStage.AwaitsPubAck;
        if (operation is not null && !_window.TryTake(_connection, operation, time.GetTimestamp(), out packetId, stage)) return false;
        var packet = message.ToPacket(packetId, duplicate: false);
        Send(message.Topic, in packet);
        return true;
    }

    // The server has said what it takes, and closes the connection over anything else [MQTT-3.2.2-11], [MQTT-3.2.2-14].
    private void ThrowIfNotTaken(in MqttPublish message)
    {
        if (message.Qos > _connAck.MaximumQos) throw new MqttPublishRefusedException(message.Topic.Text, ReasonCode.QosNotSupported);
        if (message.Retain && !_connAck.RetainAvailable) throw new MqttPublishRefusedException(message.Topic.Text, ReasonCode.RetainNotSupported);
    }

    private void Send(TopicName topic, in OutgoingPublish packet)
    {
        if (_sendQueue.Publish(topic, in packet)) return;
        _window.Release(packet.PacketId, out _);
        throw new ArgumentException($"A message of {packet.Payload.Length} bytes is larger than the server takes.");
    }

    private void Resend()
    {
        while (_window.TryResend(_connection, out var packetId, out var outcome, out var stage))
        {
            if (stage == PublishStage.AwaitsPubComp)
            {
                _sendQueue.Answer(new AckPacket(PacketType.PubRel, packetId));
                continue;
            }

            // Only awaited publishes outlive a connection; see PublishOperation. In a session that is new to the server, nothing is a duplicate.
            if (outcome is not PublishOperation operation) continue;
            var packet = operation.Message.ToPacket(packetId, duplicate: _connAck.SessionPresent);
            if (_sendQueue.Publish(operation.Message.Topic, in packet)) continue;
            _window.Release(packetId, out _)?.Lost(new ArgumentException("The message is larger than the server takes now."));
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
