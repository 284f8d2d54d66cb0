using System.Buffers;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>Writes CONNECT (MQTT 5.0 section 3.1).</summary>
internal static class ConnectWriter
{
    // connect = "MQTT" level flags keep-alive [properties] client-id [[will-properties] will-topic will-payload] [user-name] [password]
    public static void Write(IBufferWriter<byte> output, ConnectPacket packet)
    {
        var body = BodyWriter.Body().Text("MQTT").Byte((byte)packet.Version).Byte(Flags(packet)).UInt16(packet.KeepAlive);
        if (packet.Version == MqttVersion.V500) body.Block(Properties(packet));
        body.Text(packet.ClientId);
        if (packet.Will is { } will) WriteWill(body, will, packet.Version);
        if (packet.UserName is { } user) body.Text(user);
        if (packet.Password is { } password) body.Binary(password);
        body.Finish(output, PacketType.Connect);
    }

    private static byte Flags(ConnectPacket packet)
    {
        var flags = packet.CleanStart ? 0x02 : 0;
        if (packet.Will is { } will) flags |= 0x04 | ((int)will.Qos << 3) | (will.Retain ? 0x20 : 0);
        if (packet.Password is not null) flags |= 0x40;
        if (packet.UserName is not null) flags |= 0x80;
        return (byte)flags;
    }

    private static BodyWriter Properties(ConnectPacket packet) => BodyWriter.Properties()
        .UInt32(PropertyId.SessionExpiryInterval, packet.SessionExpiryInterval)
        .UInt16(PropertyId.ReceiveMaximum, packet.ReceiveMaximum)
        .UInt32(PropertyId.MaximumPacketSize, packet.MaximumPacketSize)
        .UInt16(PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum)
        .Flag(PropertyId.RequestResponseInformation, packet.RequestResponseInformation, unless: false)
        .Flag(PropertyId.RequestProblemInformation, packet.RequestProblemInformation, unless: true)
        .Text(PropertyId.AuthenticationMethod, packet.AuthenticationMethod)
        .Binary(PropertyId.AuthenticationData, packet.AuthenticationData)
        .Users(packet.UserProperties);

    private static void WriteWill(BodyWriter body, WillMessage will, MqttVersion version)
    {
        if (version == MqttVersion.V500)
        {
            var delay = will.DelayInterval == 0 ? (uint?)null : will.DelayInterval;
            body.Block(BodyWriter.Properties().UInt32(PropertyId.WillDelayInterval, delay).Message(will.Properties));
        }

        body.Text(will.Topic).Binary(will.Payload.Span);
    }
}
