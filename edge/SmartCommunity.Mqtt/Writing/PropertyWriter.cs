using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>Writes properties (MQTT 5.0 section 2.2.2); what is absent or at its default is left out.</summary>
internal static class PropertyWriter
{
    public static BodyWriter Flag(this BodyWriter to, PropertyId id, bool value, bool unless) =>
        value == unless ? to : to.Byte((byte)id).Byte((byte)(value ? 1 : 0));

    public static BodyWriter UInt16(this BodyWriter to, PropertyId id, ushort? value) => value is { } v ? to.Byte((byte)id).UInt16(v) : to;

    public static BodyWriter UInt32(this BodyWriter to, PropertyId id, uint? value) => value is { } v ? to.Byte((byte)id).UInt32(v) : to;

    public static BodyWriter Text(this BodyWriter to, PropertyId id, string? value) => value is null ? to : to.Byte((byte)id).Text(value);

    public static BodyWriter Binary(this BodyWriter to, PropertyId id, byte[]? value) =>
        value is null ? to : to.Byte((byte)id).Binary(value);

    public static BodyWriter Users(this BodyWriter to, IReadOnlyList<UserProperty> properties)
    {
        foreach (var property in properties) to.Byte((byte)PropertyId.UserProperty).Text(property.Name).Text(property.Value);
        return to;
    }

    public static BodyWriter Details(this BodyWriter to, ReasonDetails? details) =>
        details is null ? to : to.Text(PropertyId.ReasonString, details.ReasonString).Users(details.UserProperties);

    public static BodyWriter Message(this BodyWriter to, PublishProperties? message)
    {
        if (message is null) return to;
        to.Flag(PropertyId.PayloadFormatIndicator, message.PayloadIsUtf8, unless: false)
            .UInt32(PropertyId.MessageExpiryInterval, message.MessageExpiryInterval)
            .Text(PropertyId.ContentType, message.ContentType)
            .Text(PropertyId.ResponseTopic, message.ResponseTopic)
            .Binary(PropertyId.CorrelationData, message.CorrelationData)
            .Users(message.UserProperties);
        foreach (var id in message.SubscriptionIdentifiers) to.Byte((byte)PropertyId.SubscriptionIdentifier).VariableInt(id);
        return to;
    }
}
