using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Messages as bytes of a record.</summary>
/// <remarks>
/// message = topic:text flags payload:bytes [expiresAt:time] [properties] [owner:text]; flags = qos (bits 0-1) retain (2) expires (3) properties (4) owner (5)
/// properties = which [expiryInterval] [contentType] [responseTopic] [correlationData] userProperties:number *{ name value }
/// </remarks>
internal static class MessageCodec
{
    private const byte Retain = 4;
    private const byte Expires = 8;
    private const byte HasProperties = 16;
    private const byte HasOwner = 32;

    public static RecordWriter Message(this RecordWriter record, Message message)
    {
        var flags = (byte)message.Qos;
        if (message.Retain) flags |= Retain;
        if (message.ExpiresAt is not null) flags |= Expires;
        if (message.Properties is not null) flags |= HasProperties;
        if (message.Owner is not null) flags |= HasOwner;
        record.Bytes(message.TopicUtf8.Span).Byte(flags).Bytes(message.Payload.Span);
        if (message.ExpiresAt is { } at) record.Time(at);
        if (message.Properties is { } properties) Write(record, properties);
        if (message.Owner is { } owner) record.Text(owner);
        return record;
    }

    /// <summary>The topic of a message, which comes first.</summary>
    public static string TopicOf(ReadOnlySpan<byte> message) => new RecordReader(message).Text();

    public static Message Read(ref RecordReader record, long number)
    {
        var topic = record.Bytes().ToArray();
        var flags = record.Byte();
        var payload = record.Bytes().ToArray();
        var expiresAt = (flags & Expires) != 0 ? record.Time() : (DateTimeOffset?)null;
        var properties = (flags & HasProperties) != 0 ? ReadProperties(ref record) : null;
        return new Message(
            Encoding.UTF8.GetString(topic), topic, payload, (QualityOfService)(flags & 3), (flags & Retain) != 0, properties, expiresAt)
        {
            Number = number,
            Owner = (flags & HasOwner) != 0 ? record.Text() : null,
        };
    }

    private static void Write(RecordWriter record, PublishProperties properties)
    {
        byte which = 0;
        if (properties.PayloadIsUtf8) which |= 1;
        if (properties.MessageExpiryInterval is not null) which |= 2;
        if (properties.ContentType is not null) which |= 4;
        if (properties.ResponseTopic is not null) which |= 8;
        if (properties.CorrelationData is not null) which |= 16;
        record.Byte(which);
        if (properties.MessageExpiryInterval is { } interval) record.Number(interval);
        if (properties.ContentType is { } type) record.Text(type);
        if (properties.ResponseTopic is { } topic) record.Text(topic);
        if (properties.CorrelationData is { } correlation) record.Bytes(correlation);
        record.Number(properties.UserProperties.Count);
        foreach (var (name, value) in properties.UserProperties) record.Text(name).Text(value);
    }

    private static PublishProperties ReadProperties(ref RecordReader record)
    {
        var which = record.Byte();
        var properties = new PublishProperties
        {
            PayloadIsUtf8 = (which & 1) != 0,
            MessageExpiryInterval = (which & 2) != 0 ? (uint)record.Number() : null,
            ContentType = (which & 4) != 0 ? record.Text() : null,
            ResponseTopic = (which & 8) != 0 ? record.Text() : null,
            CorrelationData = (which & 16) != 0 ? record.Bytes().ToArray() : null,
        };
        var count = record.Int();
        if (count == 0) return properties;
        var users = new List<UserProperty>(Math.Min(count, 64));
        while (users.Count < count) users.Add(new UserProperty(record.Text(), record.Text()));
        return properties with { UserProperties = users };
    }
}
