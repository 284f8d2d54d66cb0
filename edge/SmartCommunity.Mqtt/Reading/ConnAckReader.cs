using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads CONNACK (MQTT 5.0 section 3.2, MQTT 3.1.1 section 3.2).</summary>
internal static class ConnAckReader
{
    // connack = flags (bit 0: session present) reason-code [properties]
    public static ConnAckPacket Read(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var flags = body.Byte();
        if (flags > 1) Violation.Malformed("MQTT-3.2.2-1", "Reserved flags are set in CONNACK.");
        var packet = new ConnAckPacket { SessionPresent = flags == 1, Reason = ReadReason(ref body, version) };
        if (packet is { SessionPresent: true, Reason: not ReasonCode.Success })
            Violation.Protocol("MQTT-3.2.2-6", "A refused CONNACK says that a session is present.");
        if (version == MqttVersion.V500) packet = ReadProperties(ref body, packet, limits);
        body.End();
        return packet;
    }

    private static ReasonCode ReadReason(ref BodyReader body, MqttVersion version)
    {
        if (version == MqttVersion.V500) return AnswerReader.Reason(ref body, PacketType.ConnAck);
        var returnCode = body.Byte();
        if (!ReasonCodes.TryFromReturnCode(returnCode, out var reason)) Violation.Malformed("3.1.1: 3.2.2.3", $"Return code {returnCode} is reserved.");
        return reason;
    }

    private static ConnAckPacket ReadProperties(ref BodyReader body, ConnAckPacket packet, ReadLimits limits)
    {
        List<UserProperty>? userProperties = null;
        var properties = body.Properties(PropertyScope.ConnAck, limits);
        while (properties.Next())
        {
            if (properties.Id == PropertyId.UserProperty) properties.AddTo(ref userProperties);
            else packet = Apply(in properties, packet);
        }

        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }

    private static ConnAckPacket Apply(in PropertyReader property, ConnAckPacket packet) => property.Id switch
    {
        PropertyId.SessionExpiryInterval => packet with { SessionExpiryInterval = property.Number },
        PropertyId.ReceiveMaximum => packet with { ReceiveMaximum = (ushort)property.Number },
        PropertyId.MaximumQos => packet with { MaximumQos = (QualityOfService)property.Number },
        PropertyId.RetainAvailable => packet with { RetainAvailable = property.Flag },
        PropertyId.MaximumPacketSize => packet with { MaximumPacketSize = property.Number },
        PropertyId.AssignedClientIdentifier => packet with { AssignedClientIdentifier = property.Text },
        PropertyId.TopicAliasMaximum => packet with { TopicAliasMaximum = (ushort)property.Number },
        PropertyId.WildcardSubscriptionAvailable => packet with { WildcardSubscriptionAvailable = property.Flag },
        PropertyId.SubscriptionIdentifierAvailable => packet with { SubscriptionIdentifierAvailable = property.Flag },
        PropertyId.SharedSubscriptionAvailable => packet with { SharedSubscriptionAvailable = property.Flag },
        PropertyId.ServerKeepAlive => packet with { ServerKeepAlive = (ushort)property.Number },
        PropertyId.ResponseInformation => packet with { ResponseInformation = property.Text },
        PropertyId.ServerReference => packet with { ServerReference = property.Text },
        PropertyId.ReasonString => packet with { ReasonString = property.Text },
        PropertyId.AuthenticationMethod => packet with { AuthenticationMethod = property.Text },
        PropertyId.AuthenticationData => packet with { AuthenticationData = property.Value.ToArray() },
        _ => packet,
    };
}
