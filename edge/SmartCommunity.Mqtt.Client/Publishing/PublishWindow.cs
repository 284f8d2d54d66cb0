using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>
/// The QoS 1 and 2 publishes that wait for their PUBACK or PUBCOMP, by packet identifier 1 to capacity. Identifiers are taken in turn, so that one is free for
/// as long as possible before it comes again. It outlives a connection when its owner wants to send the rest again. Thread-safe.
/// </summary>
internal sealed class PublishWindow
{
    private readonly Lock _gate = new();
    private readonly Entry[] _entries;
    private readonly Queue<ushort> _free;
    private readonly Queue<ushort> _toResend = new();
    private int _limit;
    private int _connection;
    private int _sent;
    private long _order;

    /// <summary>Makes an empty window.</summary>
    /// <param name="capacity">The most publishes in flight, 1 to 60,000.</param>
    public PublishWindow(int capacity)
    {
        _entries = new Entry[capacity + 1];
        _free = new Queue<ushort>(Enumerable.Range(1, capacity).Select(id => (ushort)id));
        _limit = capacity;
    }

    /// <summary>How many wait for their end.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate) return _entries.Length - 1 - _free.Count;
        }
    }

    /// <summary>Whether <see cref="TryTake"/> would succeed on the connection of that number.</summary>
    public bool HasRoom(int connection)
    {
        lock (_gate) return HasRoomLocked(connection);
    }

    /// <summary>Takes an identifier for a new publish; false when the window is full, or the connection is no longer the current one.</summary>
    public bool TryTake(int connection, IPublishOutcome outcome, long sentAt, out ushort packetId, PublishStage stage = PublishStage.AwaitsPubAck)
    {
        lock (_gate)
        {
            packetId = 0;
            if (!HasRoomLocked(connection)) return false;
            packetId = _free.Dequeue();
            _entries[packetId] = new Entry(outcome, sentAt, ++_order, connection, stage, ReasonCode.Success);
            _sent++;
            return true;
        }
    }

    /// <summary>Frees an identifier, whatever its stage; null when nothing waited under it.</summary>
    public IPublishOutcome? Release(ushort packetId, out long sentAt)
    {
        lock (_gate) return ReleaseLocked(packetId, out sentAt, out _);
    }

    /// <summary>Takes the answer that ends a publish: PUBACK, PUBCOMP, or a PUBREC that refuses. Null when nothing waited under it.</summary>
    /// <param name="answer">The packet.</param>
    /// <param name="sentAt">When the message was given to the client.</param>
    /// <param name="reason">What the server said of the message.</param>
    /// <exception cref="MqttProtocolException">It is not the answer that this publish waits for.</exception>
    public IPublishOutcome? End(in AckPacket answer, out long sentAt, out ReasonCode reason)
    {
        lock (_gate)
        {
            reason = answer.Reason;
            var stage = StageOf(answer.PacketId);
            sentAt = 0;
            if (stage is null) return null;
            var expected = stage switch
            {
                PublishStage.AwaitsPubAck => PacketType.PubAck,
                PublishStage.AwaitsPubRec => PacketType.PubRec,
                _ => PacketType.PubComp,
            };
            if (answer.Type != expected) ThrowUnexpected(in answer, expected);
            var outcome = ReleaseLocked(answer.PacketId, out sentAt, out var received);
            // PUBCOMP says nothing of the message; what the PUBREC said counts.
            if (answer.Type == PacketType.PubComp) reason = received;
            return outcome;
        }
    }

    /// <summary>A PUBREC that succeeds came: from now on, PUBREL is sent instead of the message. False when nothing waits under the identifier.</summary>
    /// <exception cref="MqttProtocolException">The publish is one of QoS 1.</exception>
    public bool Received(in AckPacket answer)
    {
        lock (_gate)
        {
            var stage = StageOf(answer.PacketId);
            if (stage is null) return false;
            if (stage == PublishStage.AwaitsPubAck) ThrowUnexpected(in answer, PacketType.PubAck);
            if (stage == PublishStage.AwaitsPubRec)
                _entries[answer.PacketId] = _entries[answer.PacketId] with { Stage = PublishStage.AwaitsPubComp, Reason = answer.Reason };
            return true;
        }
    }

    /// <summary>Frees all that the server has received, for a server that has forgotten it.</summary>
    public IReadOnlyList<ReceivedPublish> TakeReceived()
    {
        lock (_gate)
        {
            var received = new List<ReceivedPublish>();
            for (var id = 1; id < _entries.Length; id++)
            {
                if (_entries[id] is not { Outcome: not null, Stage: PublishStage.AwaitsPubComp }) continue;
                var outcome = ReleaseLocked((ushort)id, out var sentAt, out var reason)!;
                received.Add(new ReceivedPublish(outcome, sentAt, reason));
            }

            return received;
        }
    }

    /// <summary>Starts a connection: everything that is in flight is to be sent again, in its order.</summary>
    /// <param name="receiveMaximum">What the server takes unacknowledged.</param>
    /// <returns>The number of the connection, for the other calls.</returns>
    public int StartConnection(int receiveMaximum)
    {
        lock (_gate)
        {
            _limit = Math.Min(_entries.Length - 1, receiveMaximum);
            _sent = 0;
            _toResend.Clear();
            var waiting = Enumerable.Range(1, _entries.Length - 1).Where(id => _entries[id].Outcome is not null).OrderBy(id => _entries[id].Order);
            foreach (var id in waiting) _toResend.Enqueue((ushort)id);
            return ++_connection;
        }
    }

    /// <summary>Ends the current connection: nothing is taken or sent again until the next one starts.</summary>
    public void EndConnection()
    {
        lock (_gate) _connection++;
    }

    /// <summary>The next publish to send again; false when there is none, or the server takes no more now.</summary>
    public bool TryResend(int connection, out ushort packetId, out IPublishOutcome? outcome, out PublishStage stage)
    {
        lock (_gate)
        {
            outcome = null;
            stage = default;
            packetId = 0;
            while (connection == _connection && _sent < _limit && _toResend.TryDequeue(out packetId))
            {
                outcome = _entries[packetId].Outcome;
                if (outcome is null) continue;
                stage = _entries[packetId].Stage;
                _entries[packetId] = _entries[packetId] with { Connection = connection };
                _sent++;
                return true;
            }

            return false;
        }
    }

    /// <summary>Gives everything up that waits and frees the identifiers.</summary>
    public IReadOnlyList<IPublishOutcome> Clear()
    {
        lock (_gate)
        {
            var lost = new List<IPublishOutcome>();
            _toResend.Clear();
            for (var id = 1; id < _entries.Length; id++)
            {
                if (_entries[id].Outcome is not { } outcome) continue;
                lost.Add(outcome);
                _entries[id] = default;
                _free.Enqueue((ushort)id);
            }

            return lost;
        }
    }

    // What an earlier connection left comes first, so that the order of messages stays.
    private bool HasRoomLocked(int connection) => connection == _connection && _sent < _limit && _free.Count > 0 && _toResend.Count == 0;

    private PublishStage? StageOf(ushort packetId) =>
        packetId < _entries.Length && _entries[packetId] is { Outcome: not null, Stage: var stage } ? stage : null;

    private IPublishOutcome? ReleaseLocked(ushort packetId, out long sentAt, out ReasonCode reason)
    {
        sentAt = 0;
        reason = default;
        if (packetId >= _entries.Length || _entries[packetId] is not { Outcome: { } outcome } entry) return null;
        (sentAt, reason) = (entry.SentAt, entry.Reason);
        if (entry.Connection == _connection) _sent--;
        _entries[packetId] = default;
        _free.Enqueue(packetId);
        return outcome;
    }

    private static void ThrowUnexpected(in AckPacket answer, PacketType expected) =>
        throw new MqttProtocolException(ReasonCode.ProtocolError, "4.3", $"The server sent {answer.Type} for packet {answer.PacketId}, which waits for {expected}.");

    /// <param name="Outcome">Who waits.</param>
    /// <param name="SentAt">When it was given to the client.</param>
    /// <param name="Order">Rises with every publish.</param>
    /// <param name="Connection">The connection that it was last sent on.</param>
    /// <param name="Stage">What it waits for.</param>
    /// <param name="Reason">What the PUBREC said, once it came.</param>
    private readonly record struct Entry(IPublishOutcome? Outcome, long SentAt, long Order, int Connection, PublishStage Stage, ReasonCode Reason);
}

/// <summary>What a publish waits for (MQTT 5.0 section 4.3).</summary>
internal enum PublishStage : byte
{
    /// <summary>QoS 1: sent; a new connection sends it again.</summary>
    AwaitsPubAck = 0,

    /// <summary>QoS 2: sent; a new connection sends it again.</summary>
    AwaitsPubRec = 1,

    /// <summary>QoS 2: the server has it; a new connection sends PUBREL only.</summary>
    AwaitsPubComp = 2,
}

/// <summary>A publish of which the server said that it has it.</summary>
internal readonly record struct ReceivedPublish(IPublishOutcome Outcome, long SentAt, ReasonCode Reason);
