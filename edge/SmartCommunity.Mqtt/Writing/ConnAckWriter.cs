using System.Buffers;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>Writes CONNACK (MQTT 5.0 section 3.2).</summary>
internal static class ConnAckWriter
{
    // connack = flags (bit 0: session present) reason-code [properties]
    public static void Write(IBufferWriter<byte> output, MqttVersion version, ConnAckPacket packet)
    {
        var body = BodyWriter.Body().Byte((byte)(packet.SessionPresent ? 1 : 0));
        if (version == MqttVersion.V311) body.Byte(packet.Reason.ToReturnCode());
        else body.Byte((byte)packet.Reason).Block(Properties(packet));
        body.Finish(output, PacketType.ConnAck);
    }

    private static BodyWriter Properties(ConnAckPacket packet)
    {
        var to = BodyWriter.Properties()
            .UInt32(PropertyId.SessionExpiryInterval, packet.SessionExpiryInterval)
            .UInt16(PropertyId.ReceiveMaximum, packet.ReceiveMaximum);
        if (packet.MaximumQos is { } qos and not QualityOfService.ExactlyOnce) to.Byte((byte)PropertyId.MaximumQos).Byte((byte)qos);
        return to.Flag(PropertyId.RetainAvailable, packet.RetainAvailable, unless: true)
            .UInt32(PropertyId.MaximumPacketSize, packet.MaximumPacketSize)
            .Text(PropertyId.AssignedClientIdentifier, packet.AssignedClientIdentifier)
            .UInt16(PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum)
            .Text(PropertyId.ReasonString, packet.ReasonString)
            .Users(packet.UserProperties)
            .Flag(PropertyId.WildcardSubscriptionAvailable, packet.WildcardSubscriptionAvailable, unless: true)
            .Flag(PropertyId.SubscriptionIdentifierAvailable, packet.SubscriptionIdentifierAvailable, unless: true)
            .Flag(PropertyId.SharedSubscriptionAvailable, packet.SharedSubscriptionAvailable, unless: true)
            .UInt16(PropertyId.ServerKeepAlive, packet.ServerKeepAlive)
            .Text(PropertyId.ResponseInformation, packet.ResponseInformation)
            .Text(PropertyId.ServerReference, packet.ServerReference)
            .Text(PropertyId.AuthenticationMethod, packet.AuthenticationMethod)
            .Binary(PropertyId.AuthenticationData, packet.AuthenticationData);
    }
}
