using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads the packets that answer a PUBLISH: PUBACK, PUBREC, PUBREL, PUBCOMP (MQTT 5.0 sections 3.4 to 3.7).</summary>
internal static class AnswerReader
{
    // ack = packet-id [reason-code [properties]]
    public static AckPacket Read(PacketType type, ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var packetId = body.PacketId();
        if (version == MqttVersion.V311 || body.Remaining == 0)
        {
            body.End();
            return new AckPacket(type, packetId);
        }

        var reason = Reason(ref body, type);
        var details = body.Remaining == 0 ? null : Details(ref body, type, limits);
        body.End();
        return new AckPacket(type, packetId, reason, details);
    }

    /// <summary>Reads a reason code and checks that the packet may carry it.</summary>
    public static ReasonCode Reason(ref BodyReader body, PacketType type)
    {
        var reason = (ReasonCode)body.Byte();
        if (!reason.IsAllowedIn(type)) Violation.Protocol(ReasonStatement(type), $"Reason code 0x{(byte)reason:X2} is not allowed in {type}.");
        return reason;
    }

    /// <summary>The statement that lists the reason codes of a packet.</summary>
    private static string ReasonStatement(PacketType type) => type switch
    {
        PacketType.ConnAck => "MQTT-3.2.2-8",
        PacketType.PubAck => "MQTT-3.4.2-1",
        PacketType.PubRec => "MQTT-3.5.2-1",
        PacketType.PubRel => "MQTT-3.6.2-1",
        PacketType.PubComp => "MQTT-3.7.2-1",
        PacketType.SubAck => "MQTT-3.9.3-2",
        PacketType.UnsubAck => "MQTT-3.11.3-2",
        PacketType.Disconnect => "MQTT-3.14.2-1",
        _ => "MQTT-3.15.2-1",
    };

    /// <summary>Reads properties that hold nothing but a reason string and user properties; null when there are none.</summary>
    public static ReasonDetails? Details(ref BodyReader body, PacketType type, ReadLimits limits)
    {
        ReasonDetails? details = null;
        List<UserProperty>? userProperties = null;
        var properties = body.Properties((PropertyScope)(1 << (int)type), limits);
        while (properties.Next()) Collect(in properties, ref details, ref userProperties);
        return Finish(details, userProperties);
    }

    /// <summary>Takes a reason string or a user property.</summary>
    public static void Collect(in PropertyReader properties, ref ReasonDetails? details, ref List<UserProperty>? userProperties)
    {
        if (properties.Id == PropertyId.UserProperty) properties.AddTo(ref userProperties);
        else if (properties.Id == PropertyId.ReasonString) details = new ReasonDetails { ReasonString = properties.Text };
    }

    /// <summary>Puts what was collected together; null when it is nothing.</summary>
    public static ReasonDetails? Finish(ReasonDetails? details, List<UserProperty>? userProperties) =>
        userProperties is null ? details : (details ?? new ReasonDetails()) with { UserProperties = userProperties };
}
