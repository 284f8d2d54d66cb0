using System.Buffers;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>
/// Writes packets in either direction. Nothing is flushed. What MQTT 3.1.1 can not carry is left out there. Texts that MQTT can not carry (U+0000,
/// lone surrogates, more than 65,535 bytes) throw <see cref="ArgumentException"/>, before a byte has been written.
/// </summary>
public static class PacketWriter
{
    /// <summary>Writes CONNECT in the version that the packet names.</summary>
    public static void Write(IBufferWriter<byte> output, ConnectPacket packet) => ConnectWriter.Write(output, packet);

    public static void Write(IBufferWriter<byte> output, MqttVersion version, ConnAckPacket packet) => ConnAckWriter.Write(output, version, packet);

    /// <summary>Writes PUBLISH and answers its size in bytes; 0 when it is larger than <paramref name="maxPacketSize"/> and was not written.</summary>
    public static int Write(IBufferWriter<byte> output, MqttVersion version, in OutgoingPublish packet, int maxPacketSize = int.MaxValue) =>
        PublishWriter.Write(output, version, in packet, maxPacketSize);

    /// <summary>Writes PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public static void Write(IBufferWriter<byte> output, MqttVersion version, in AckPacket packet) => AnswerWriter.Write(output, version, in packet);

    // subscribe = packet-id [properties] 1*{ filter options }
    public static void Write(IBufferWriter<byte> output, MqttVersion version, SubscribePacket packet)
    {
        var body = BodyWriter.Body().UInt16(packet.PacketId);
        if (version == MqttVersion.V500)
        {
            var properties = BodyWriter.Properties().Users(packet.UserProperties);
            if (packet.SubscriptionIdentifier is { } id) properties.Byte((byte)PropertyId.SubscriptionIdentifier).VariableInt(id);
            body.Block(properties);
        }

        foreach (var filter in packet.Filters) body.Text(filter.Filter).Byte(Options(filter, version));
        body.Finish(output, PacketType.Subscribe, flags: 2);
    }

    // suback = packet-id [properties] 1*reason-code
    public static void Write(IBufferWriter<byte> output, MqttVersion version, SubAckPacket packet)
    {
        var body = BodyWriter.Body().UInt16(packet.PacketId);
        if (version == MqttVersion.V500) body.Block(BodyWriter.Properties().Details(packet.Details));
        foreach (var reason in packet.Reasons)
            body.Byte((byte)(version == MqttVersion.V311 && reason.IsError() ? ReasonCode.UnspecifiedError : reason));
        body.Finish(output, PacketType.SubAck);
    }

    // unsubscribe = packet-id [properties] 1*filter
    public static void Write(IBufferWriter<byte> output, MqttVersion version, UnsubscribePacket packet)
    {
        var body = BodyWriter.Body().UInt16(packet.PacketId);
        if (version == MqttVersion.V500) body.Block(BodyWriter.Properties().Users(packet.UserProperties));
        foreach (var filter in packet.Filters) body.Text(filter);
        body.Finish(output, PacketType.Unsubscribe, flags: 2);
    }

    // unsuback = packet-id [properties 1*reason-code]
    public static void Write(IBufferWriter<byte> output, MqttVersion version, UnsubAckPacket packet)
    {
        var body = BodyWriter.Body().UInt16(packet.PacketId);
        if (version == MqttVersion.V500)
        {
            body.Block(BodyWriter.Properties().Details(packet.Details));
            foreach (var reason in packet.Reasons) body.Byte((byte)reason);
        }

        body.Finish(output, PacketType.UnsubAck);
    }

    public static void WritePingReq(IBufferWriter<byte> output) => output.Write<byte>([(int)PacketType.PingReq << 4, 0]);

    public static void WritePingResp(IBufferWriter<byte> output) => output.Write<byte>([(int)PacketType.PingResp << 4, 0]);

    // disconnect = [reason-code [properties]]
    public static void Write(IBufferWriter<byte> output, MqttVersion version, DisconnectPacket packet)
    {
        var body = BodyWriter.Body();
        if (version == MqttVersion.V500)
        {
            var properties = BodyWriter.Properties()
                .UInt32(PropertyId.SessionExpiryInterval, packet.SessionExpiryInterval)
                .Text(PropertyId.ServerReference, packet.ServerReference)
                .Details(packet.Details);
            var hasProperties = properties.Written.Length > 0;
            if (hasProperties || packet.Reason != ReasonCode.Success) body.Byte((byte)packet.Reason);
            if (hasProperties) body.Block(properties);
        }

        body.Finish(output, PacketType.Disconnect);
    }

    // auth = [reason-code properties]; MQTT 5.0 only
    public static void Write(IBufferWriter<byte> output, AuthPacket packet)
    {
        var body = BodyWriter.Body();
        var properties = BodyWriter.Properties()
            .Text(PropertyId.AuthenticationMethod, packet.AuthenticationMethod)
            .Binary(PropertyId.AuthenticationData, packet.AuthenticationData)
            .Details(packet.Details);
        // A success without a method is an empty body: properties without a method would be refused (section 3.15.2.1).
        if (packet.Reason != ReasonCode.Success || properties.Written.Length > 0) body.Byte((byte)packet.Reason).Block(properties);
        body.Finish(output, PacketType.Auth);
    }

    // options = reserved (2 bits) retain-handling (2 bits) retain-as-published no-local qos (2 bits); MQTT 3.1.1 has the QoS only
    private static byte Options(SubscriptionRequest filter, MqttVersion version)
    {
        var qos = (int)filter.MaximumQos;
        if (version == MqttVersion.V311) return (byte)qos;
        return (byte)(qos | (filter.NoLocal ? 4 : 0) | (filter.RetainAsPublished ? 8 : 0) | ((int)filter.RetainHandling << 4));
    }
}
