using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>A QoS 1 or 2 message that was written and is not done (MQTT 5.0 section 4.3).</summary>
internal sealed class InFlightMessage(Delivery delivery, ushort packetId, long order)
{
    /// <summary>The message; of a restored one that was received already it may be missing, for only its PUBREL is still written.</summary>
    public Delivery Delivery => delivery;

    public ushort PacketId => packetId;

    /// <summary>When it was first written, relative to the others of the session: the order in which it is written again.</summary>
    public long Order => order;

    /// <summary>QoS 2: PUBREC has come, PUBREL was sent, PUBCOMP is awaited.</summary>
    public bool Received { get; set; }

    /// <summary>Whether it was written on the present connection, and so counts against its window.</summary>
    public bool IsOpen { get; set; }

    /// <summary>QoS 2 in a lasting session: the position of its last record, which is on disk before the packet goes out.</summary>
    public long Position { get; set; }

    /// <summary>What it takes of the memory for queued messages.</summary>
    public long Charge { get; init; }
}
