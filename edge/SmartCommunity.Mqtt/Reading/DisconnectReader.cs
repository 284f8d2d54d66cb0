using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads DISCONNECT and AUTH (MQTT 5.0 sections 3.14 and 3.15).</summary>
internal static class DisconnectReader
{
    // disconnect = [reason-code [properties]]
    public static DisconnectPacket Disconnect(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        if (version == MqttVersion.V311 || body.Remaining == 0)
        {
            body.End();
            return new DisconnectPacket();
        }

        var packet = new DisconnectPacket(AnswerReader.Reason(ref body, PacketType.Disconnect));
        if (body.Remaining == 0) return packet;

        ReasonDetails? details = null;
        List<UserProperty>? userProperties = null;
        var properties = body.Properties(PropertyScope.Disconnect, limits);
        while (properties.Next())
        {
            if (properties.Id == PropertyId.SessionExpiryInterval) packet = packet with { SessionExpiryInterval = properties.Number };
            else if (properties.Id == PropertyId.ServerReference) packet = packet with { ServerReference = properties.Text };
            else AnswerReader.Collect(in properties, ref details, ref userProperties);
        }

        body.End();
        return packet with { Details = AnswerReader.Finish(details, userProperties) };
    }

    // auth = [reason-code [properties]]
    public static AuthPacket Auth(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        if (version == MqttVersion.V311) Violation.Malformed("2.1.2", "Packet type 15 is reserved in MQTT 3.1.1.");
        var body = new BodyReader(bytes);
        if (body.Remaining == 0) return new AuthPacket(ReasonCode.Success);
        var packet = new AuthPacket(AnswerReader.Reason(ref body, PacketType.Auth));
        ReasonDetails? details = null;
        List<UserProperty>? userProperties = null;
        if (body.Remaining == 0) Violation.Malformed("3.15.2.2", "AUTH without properties.");
        var properties = body.Properties(PropertyScope.Auth, limits);
        while (properties.Next())
        {
            if (properties.Id == PropertyId.AuthenticationMethod) packet = packet with { AuthenticationMethod = properties.Text };
            else if (properties.Id == PropertyId.AuthenticationData) packet = packet with { AuthenticationData = properties.Value.ToArray() };
            else AnswerReader.Collect(in properties, ref details, ref userProperties);
        }

        body.End();
        if (packet.AuthenticationMethod is null) Violation.Protocol("3.15.2.2.2", "AUTH without an authentication method.");
        return packet with { Details = AnswerReader.Finish(details, userProperties) };
    }
}
