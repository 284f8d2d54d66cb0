using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>
/// Reads the packets of one connection, in either direction. The caller looks at <see cref="Frame.Type"/> and calls the method for it. Every
/// method throws <see cref="MqttProtocolException"/> when the packet breaks the protocol; no other exception comes of bad bytes.
/// </summary>
/// <param name="version">The version of the connection. A server knows it after <see cref="ReadConnect"/>.</param>
/// <param name="limits">Limits beyond the protocol's own.</param>
public sealed class PacketReader(MqttVersion version, ReadLimits limits)
{
    private readonly TopicCache _topics = new(limits: limits);

    /// <summary>The version of the connection.</summary>
    public MqttVersion Version => version;

    /// <summary>Reads CONNECT, which tells the version itself.</summary>
    public static ConnectPacket ReadConnect(in Frame frame, ReadLimits limits) => ConnectReader.Read(frame.Body.Span, limits);

    public ConnAckPacket ReadConnAck(in Frame frame) => ConnAckReader.Read(frame.Body.Span, version, limits);

    /// <summary>Reads PUBLISH. The result is a view on the frame; only its topic may be kept.</summary>
    public PublishPacket ReadPublish(in Frame frame) => PublishReader.Read(in frame, version, _topics, limits);

    /// <summary>Reads PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public AckPacket ReadAck(in Frame frame) => AnswerReader.Read(frame.Type, frame.Body.Span, version, limits);

    public SubscribePacket ReadSubscribe(in Frame frame) => SubscribeReader.Subscribe(frame.Body.Span, version, limits);

    public SubAckPacket ReadSubAck(in Frame frame) => SubAckReader.SubAck(frame.Body.Span, version, limits);

    public UnsubscribePacket ReadUnsubscribe(in Frame frame) => SubscribeReader.Unsubscribe(frame.Body.Span, version, limits);

    public UnsubAckPacket ReadUnsubAck(in Frame frame) => SubAckReader.UnsubAck(frame.Body.Span, version, limits);

    /// <summary>Checks that PINGREQ or PINGRESP has no body.</summary>
    public static void CheckPing(in Frame frame)
    {
        if (!frame.Body.IsEmpty) Violation.Malformed("3.12.1", $"{frame.Type} has a body.");
    }

    public DisconnectPacket ReadDisconnect(in Frame frame) => DisconnectReader.Disconnect(frame.Body.Span, version, limits);

    public AuthPacket ReadAuth(in Frame frame) => DisconnectReader.Auth(frame.Body.Span, version, limits);
}
