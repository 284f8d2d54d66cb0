namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// The packet identifiers of QoS 2 messages that the client sent and has not released (MQTT 5.0 section 4.3.3), with the positions at which each is
/// durable. A message that comes again under one of them has no second effect. Used by one connection at a time.
/// </summary>
/// <param name="trail">Writes a lasting session down; null for one that is in memory only.</param>
internal sealed class ReceivedIds(SessionTrail? trail = null)
{
    private Dictionary<ushort, ReceivedAt>? _positions;

    public int Count => _positions?.Count ?? 0;

    /// <summary>The positions of an identifier that is in use.</summary>
    public bool TryGet(ushort packetId, out ReceivedAt at)
    {
        at = default;
        return _positions is not null && _positions.TryGetValue(packetId, out at);
    }

    /// <summary>Remembers an identifier.</summary>
    /// <param name="packetId">The identifier.</param>
    /// <param name="position">The receiver's position of the message. After a restart the identifier counts only if the receiver has got that far.</param>
    /// <param name="state">The position of what else the message wrote down; 0 for nothing.</param>
    /// <returns>Where it is durable.</returns>
    public ReceivedAt Add(ushort packetId, long position, long state = 0)
    {
        var at = new ReceivedAt(position, Math.Max(state, trail?.IdReceived(packetId, position) ?? 0));
        (_positions ??= [])[packetId] = at;
        return at;
    }

    /// <summary>Puts back what was in use before a restart.</summary>
    public void Restore(ushort packetId, long position) => (_positions ??= [])[packetId] = new ReceivedAt(position, 0);

    /// <summary>PUBREL: the identifier is free again.</summary>
    /// <param name="packetId">The identifier.</param>
    /// <param name="state">What must be on disk before the PUBCOMP goes out; 0 for nothing.</param>
    public bool Release(ushort packetId, out long state)
    {
        state = 0;
        if (_positions is null || !_positions.Remove(packetId)) return false;
        state = trail?.IdReleased(packetId) ?? 0;
        return true;
    }

    /// <summary>Forgets what never became durable, because the client will send it again and it must count then.</summary>
    public void ForgetAbove(long durableThrough)
    {
        if (_positions is null) return;
        foreach (var (packetId, at) in _positions)
        {
            if (at.Position > durableThrough) Release(packetId, out _);
        }
    }
}

/// <summary>Where a received message is durable.</summary>
/// <param name="Position">The receiver's position.</param>
/// <param name="State">The position in the sessions' state; 0 for nothing.</param>
internal readonly record struct ReceivedAt(long Position, long State);
