namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>
/// The QoS 1 publishes that wait for their PUBACK, by packet identifier 1 to capacity. Identifiers are taken in turn, so that one is free for
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

    /// <summary>How many wait for a PUBACK.</summary>
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
    public bool TryTake(int connection, IPublishOutcome outcome, long sentAt, out ushort packetId)
    {
        lock (_gate)
        {
            packetId = 0;
            if (!HasRoomLocked(connection)) return false;
            packetId = _free.Dequeue();
            _entries[packetId] = new Entry(outcome, sentAt, ++_order, connection);
            _sent++;
            return true;
        }
    }

    /// <summary>Frees an identifier; null when nothing waited under it.</summary>
    public IPublishOutcome? Release(ushort packetId, out long sentAt)
    {
        lock (_gate)
        {
            sentAt = 0;
            if (packetId >= _entries.Length || _entries[packetId] is not { Outcome: { } outcome } entry) return null;
            sentAt = entry.SentAt;
            if (entry.Connection == _connection) _sent--;
            _entries[packetId] = default;
            _free.Enqueue(packetId);
            return outcome;
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
    public bool TryResend(int connection, out ushort packetId, out IPublishOutcome? outcome)
    {
        lock (_gate)
        {
            outcome = null;
            packetId = 0;
            while (connection == _connection && _sent < _limit && _toResend.TryDequeue(out packetId))
            {
                outcome = _entries[packetId].Outcome;
                if (outcome is null) continue;
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

    /// <param name="Outcome">Who waits.</param>
    /// <param name="SentAt">When it was given to the client.</param>
    /// <param name="Order">Rises with every publish.</param>
    /// <param name="Connection">The connection that it was last sent on.</param>
    private readonly record struct Entry(IPublishOutcome? Outcome, long SentAt, long Order, int Connection);
}
