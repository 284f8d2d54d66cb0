namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// The packet identifiers of QoS 2 messages that the client sent and has not released (MQTT 5.0 section 4.3.3), with the position at which each is
/// durable. A message that comes again under one of them has no second effect. Used by one connection at a time.
/// </summary>
internal sealed class ReceivedIds
{
    private readonly Dictionary<ushort, long> _positions = [];

    public int Count => _positions.Count;

    /// <summary>The position of an identifier that is in use.</summary>
    public bool TryGet(ushort packetId, out long position) => _positions.TryGetValue(packetId, out position);

    public void Add(ushort packetId, long position) => _positions[packetId] = position;

    /// <summary>PUBREL: the identifier is free again.</summary>
    public bool Release(ushort packetId) => _positions.Remove(packetId);

    /// <summary>Forgets what never became durable, because the client will send it again and it must count then.</summary>
    public void ForgetAbove(long durableThrough)
    {
        foreach (var (packetId, position) in _positions)
        {
            if (position > durableThrough) _positions.Remove(packetId);
        }
    }
}
