using SmartCommunity.Mqtt.Client.Receiving;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>
/// The last messages that this process journaled, by packet identifier: what a broker delivers again because its connection was lost before the
/// acknowledgement has a place in the journal already. A new process knows nothing of it; there, the event's own id has to do.
/// </summary>
/// <param name="capacity">How many are remembered; at least as many as can be unacknowledged.</param>
internal sealed class RecentDeliveries(int capacity)
{
    private readonly Dictionary<ushort, (int Content, long Position)> _byId = [];
    private readonly Queue<ushort> _order = new();

    /// <summary>The position of a message that came before: DUP, and the same identifier, topic and payload.</summary>
    public bool TryFind(MqttMessage message, out long position)
    {
        position = 0;
        if (!message.Duplicate || !_byId.TryGetValue(message.PacketId, out var known) || known.Content != ContentOf(message))
            return false;
        position = known.Position;
        return true;
    }

    /// <summary>A message has a place in the journal.</summary>
    public void Add(MqttMessage message, long position)
    {
        if (!_byId.ContainsKey(message.PacketId))
        {
            if (_order.Count == capacity)
                _byId.Remove(_order.Dequeue());
            _order.Enqueue(message.PacketId);
        }

        _byId[message.PacketId] = (ContentOf(message), position);
    }

    private static int ContentOf(MqttMessage message)
    {
        var hash = default(HashCode);
        hash.AddBytes(message.Topic.Utf8.Span);
        hash.AddBytes(message.Payload.Span);
        return hash.ToHashCode();
    }
}
