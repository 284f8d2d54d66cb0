using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads CONNECT (MQTT 5.0 section 3.1, MQTT 3.1.1 section 3.1).</summary>
internal static class ConnectReader
{
    private const byte ReservedBit = 0x01;
    private const byte CleanStartBit = 0x02;
    private const byte WillBit = 0x04;
    private const byte WillRetainBit = 0x20;
    private const byte PasswordBit = 0x40;
    private const byte UserNameBit = 0x80;

    // connect = "MQTT" level flags keep-alive [properties] client-id [[will-properties] will-topic will-payload] [user-name] [password]
    public static ConnectPacket Read(ReadOnlySpan<byte> bytes, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var version = ReadVersion(ref body, out var isOld);
        var flags = body.Byte();
        CheckFlags(isOld ? (byte)(flags & ~ReservedBit) : flags, version);
        var packet = new ConnectPacket { Version = version, CleanStart = (flags & CleanStartBit) != 0, KeepAlive = body.UInt16() };
        if (version == MqttVersion.V500) packet = ReadProperties(ref body, packet, limits);

        packet = packet with { ClientId = Utf8Rules.DecodeName(body.Binary()) };
        if (isOld && packet.ClientId.Length == 0)
            Violation.With(ReasonCode.ClientIdentifierNotValid, "3.1: 3.1", "MQTT 3.1 has no empty client identifier.");
        if ((flags & WillBit) != 0) packet = packet with { Will = ReadWill(ref body, flags, version, limits) };
        if ((flags & UserNameBit) != 0) packet = packet with { UserName = Utf8Rules.DecodeName(body.Binary()) };
        if ((flags & PasswordBit) != 0) packet = packet with { Password = body.Binary().ToArray() };
        if (body.Remaining > 0)
            Violation.Malformed((flags & UserNameBit) == 0 ? "MQTT-3.1.2-16" : "MQTT-3.1.2-18", "More follows than the connect flags announce.");
        return packet;
    }

    // MQTT 3.1 differs from 3.1.1 in its name, its level and what a client identifier may be; old cameras and meters speak it [MQTT-3.1.2-1].
    private static MqttVersion ReadVersion(ref BodyReader body, out bool isOld)
    {
        var name = body.Binary();
        isOld = name.SequenceEqual("MQIsdp"u8);
        if (!isOld && !name.SequenceEqual("MQTT"u8))
            Violation.With(ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-1", "The protocol name is not MQTT.");
        var level = body.Byte();
        if (isOld && level == 3) return MqttVersion.V311;
        if (isOld || level is not (4 or 5))
            Violation.With(ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-2", $"Protocol level {level} is not supported.");
        return (MqttVersion)level;
    }

    private static void CheckFlags(byte flags, MqttVersion version)
    {
        if ((flags & ReservedBit) != 0) Violation.Malformed("MQTT-3.1.2-3", "The reserved connect flag is set.");
        var qos = (flags >> 3) & 3;
        if (qos == 3) Violation.Malformed("MQTT-3.1.2-12", "The will QoS is 3.");
        if ((flags & WillBit) == 0 && qos != 0) Violation.Malformed("MQTT-3.1.2-11", "A will QoS without a will.");
        if ((flags & WillBit) == 0 && (flags & WillRetainBit) != 0) Violation.Malformed("MQTT-3.1.2-13", "Will retain without a will.");
        if (version == MqttVersion.V311 && (flags & PasswordBit) != 0 && (flags & UserNameBit) == 0)
            Violation.Malformed("3.1.1: MQTT-3.1.2-22", "A password without a user name.");
    }

    private static ConnectPacket ReadProperties(ref BodyReader body, ConnectPacket packet, ReadLimits limits)
    {
        List<UserProperty>? userProperties = null;
        var properties = body.Properties(PropertyScope.Connect, limits);
        while (properties.Next())
        {
            switch (properties.Id)
            {
                case PropertyId.SessionExpiryInterval: packet = packet with { SessionExpiryInterval = properties.Number }; break;
                case PropertyId.ReceiveMaximum: packet = packet with { ReceiveMaximum = (ushort)properties.Number }; break;
                case PropertyId.MaximumPacketSize: packet = packet with { MaximumPacketSize = properties.Number }; break;
                case PropertyId.TopicAliasMaximum: packet = packet with { TopicAliasMaximum = (ushort)properties.Number }; break;
                case PropertyId.RequestResponseInformation: packet = packet with { RequestResponseInformation = properties.Flag }; break;
                case PropertyId.RequestProblemInformation:
                    packet = packet with { RequestProblemInformation = properties.Flag, IsProblemInformationAsked = properties.Flag };
                    break;
                case PropertyId.AuthenticationMethod: packet = packet with { AuthenticationMethod = properties.Text }; break;
                case PropertyId.AuthenticationData: packet = packet with { AuthenticationData = properties.Value.ToArray() }; break;
                default: properties.AddTo(ref userProperties); break;
            }
        }

        if (packet.AuthenticationData is not null && packet.AuthenticationMethod is null)
            Violation.Protocol("3.1.2.11.10", "Authentication data without a method.");
        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }

    private static WillMessage ReadWill(ref BodyReader body, byte flags, MqttVersion version, ReadLimits limits)
    {
        uint delay = 0;
        PublishProperties? properties = null;
        if (version == MqttVersion.V500) properties = PublishPropertiesReader.Read(body.Properties(PropertyScope.Will, limits), limits, out delay);
        var topic = TopicName.Read(body.Binary(), limits).Text;
        var payload = body.Binary().ToArray();
        return new WillMessage(topic, payload, (QualityOfService)((flags >> 3) & 3), (flags & WillRetainBit) != 0)
        {
            DelayInterval = delay,
            Properties = properties,
        };
    }
}
