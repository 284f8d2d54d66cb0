using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Packets;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>
/// Lets acknowledgements go in the order of the deliveries of one connection [MQTT-4.6.0-2], [MQTT-4.6.0-3], in whatever order the reader is done
/// with them. Thread-safe.
/// </summary>
internal sealed class AckOrder(SendQueue sendQueue)
{
    private readonly Lock _gate = new();
    private readonly Queue<Delivery> _owed = new();

    /// <summary>A delivery came; its acknowledgement goes behind those of all before it.</summary>
    public void Expect(Delivery delivery)
    {
        lock (_gate) _owed.Enqueue(delivery);
        delivery.ComesOn(this);
        if (delivery.IsAcknowledged) Send();
    }

    /// <summary>Sends what is acknowledged up to the first delivery that is not.</summary>
    public void Send()
    {
        lock (_gate)
        {
            while (_owed.TryPeek(out var delivery) && delivery.IsAcknowledged)
            {
                _owed.Dequeue();
                sendQueue.Answer(new AckPacket(delivery.Answer, delivery.PacketId));
            }
        }
    }
}
