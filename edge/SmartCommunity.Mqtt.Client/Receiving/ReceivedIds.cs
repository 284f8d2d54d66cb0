using System.Diagnostics.CodeAnalysis;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>
/// The packet identifiers of QoS 2 messages that were handed to the reader and not released yet (MQTT 5.0 section 4.3.3): one that comes again has no
/// second effect. Thread-safe.
/// </summary>
internal sealed class ReceivedIds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, Delivery> _deliveries = [];

    public bool TryGet(ushort packetId, [NotNullWhen(true)] out Delivery? delivery)
    {
        lock (_gate) return _deliveries.TryGetValue(packetId, out delivery);
    }

    public void Add(Delivery delivery)
    {
        lock (_gate) _deliveries[delivery.PacketId] = delivery;
    }

    /// <summary>The server released an identifier; false when it was not known.</summary>
    public bool Release(ushort packetId)
    {
        lock (_gate) return _deliveries.Remove(packetId);
    }

    public void Clear()
    {
        lock (_gate) _deliveries.Clear();
    }
}
