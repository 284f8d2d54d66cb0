using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>What follows each packet of the QoS 1 and 2 exchanges (MQTT 5.0 section 4.3). Used by the receiving loop only.</summary>
internal sealed class DeliverySteps(PublishWindow window, Inbox inbox, SendQueue sendQueue, MqttVersion version)
{
    private bool _released;

    /// <summary>
    /// PUBACK → done. PUBREC → PUBREL, or done when it refuses. PUBCOMP → done. PUBREL → PUBCOMP.
    /// </summary>
    /// <exception cref="MqttProtocolException">The packet does not fit the exchange.</exception>
    public void Take(in AckPacket packet)
    {
        switch (packet.Type)
        {
            case PacketType.PubRec when !packet.Reason.IsError():
                Answer(PacketType.PubRel, packet.PacketId, window.Received(in packet));
                break;
            case PacketType.PubRel:
                Answer(PacketType.PubComp, packet.PacketId, inbox.Release(packet.PacketId));
                break;
            default:
                End(in packet);
                break;
        }
    }

    /// <summary>Whether publishes have ended since the last call.</summary>
    public bool TakeReleased()
    {
        var released = _released;
        _released = false;
        return released;
    }

    private void Answer(PacketType type, ushort packetId, bool isKnown) =>
        sendQueue.Answer(new AckPacket(type, packetId, isKnown || version == MqttVersion.V311 ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound));

    private void End(in AckPacket packet)
    {
        // An answer for nothing is what a server may send after a resend; it frees nothing twice.
        if (window.End(in packet, out var sentAt, out var reason) is not { } outcome) return;
        _released = true;
        outcome.Acknowledged(sentAt, reason);
    }
}
