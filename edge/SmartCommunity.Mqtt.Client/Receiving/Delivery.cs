using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>A delivery whose acknowledgement is owed: PUBACK or PUBREC.</summary>
/// <param name="packetId">The packet identifier of the PUBLISH.</param>
/// <param name="answer">What is to be answered.</param>
internal sealed class Delivery(ushort packetId, PacketType answer)
{
    // The connection that it came on last; an acknowledgement goes nowhere else.
    private volatile AckOrder? _order;
    private volatile bool _acknowledged;

    public ushort PacketId { get; } = packetId;

    public PacketType Answer { get; } = answer;

    public bool IsAcknowledged => _acknowledged;

    public void ComesOn(AckOrder order) => _order = order;

    /// <summary>The reader is done with it; a second time changes nothing.</summary>
    public void Acknowledge()
    {
        if (_acknowledged) return;
        _acknowledged = true;
        _order?.Send();
    }
}
