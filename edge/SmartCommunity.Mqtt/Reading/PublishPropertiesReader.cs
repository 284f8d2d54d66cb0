using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Checks and decodes the properties of PUBLISH and of a will (MQTT 5.0 sections 3.3.2.3 and 3.1.3.2).</summary>
internal static class PublishPropertiesReader
{
    private static readonly ReadLimits Unlimited = new()
    {
        MaxTopicLevels = int.MaxValue,
        MaxTopicBytes = TopicRules.MaxBytes,
        MaxUserProperties = int.MaxValue,
        MaxUserPropertyBytes = int.MaxValue,
    };

    /// <summary>Checks without allocating; answers the topic alias (0 when absent), and whether there is anything else.</summary>
    public static void Check(ReadOnlySpan<byte> block, ReadLimits limits, out ushort topicAlias, out bool hasOthers)
    {
        topicAlias = 0;
        hasOthers = false;
        var properties = new PropertyReader(block, PropertyScope.Publish, limits);
        while (properties.Next())
        {
            hasOthers |= properties.Id != PropertyId.TopicAlias;
            if (properties.Id == PropertyId.ResponseTopic) CheckResponseTopic(properties.Value, limits);
            if (properties.Id != PropertyId.TopicAlias) continue;
            if (properties.Number == 0) Violation.With(ReasonCode.TopicAliasInvalid, "MQTT-3.3.2-8", "The topic alias is 0.");
            topicAlias = (ushort)properties.Number;
        }
    }

    /// <summary>Decodes properties that were checked.</summary>
    public static PublishProperties? Read(ReadOnlySpan<byte> block) => Read(new PropertyReader(block, PropertyScope.Publish, Unlimited), Unlimited, out _);

    /// <summary>Checks and decodes; null when there is nothing to say.</summary>
    public static PublishProperties? Read(PropertyReader properties, ReadLimits limits, out uint willDelay)
    {
        willDelay = 0;
        var message = new PublishProperties();
        var empty = true;
        List<UserProperty>? userProperties = null;
        List<int>? subscriptions = null;
        while (properties.Next())
        {
            empty &= properties.Id is PropertyId.TopicAlias or PropertyId.WillDelayInterval;
            switch (properties.Id)
            {
                case PropertyId.PayloadFormatIndicator: message = message with { PayloadIsUtf8 = properties.Flag }; break;
                case PropertyId.MessageExpiryInterval: message = message with { MessageExpiryInterval = properties.Number }; break;
                case PropertyId.ContentType: message = message with { ContentType = properties.Text }; break;
                case PropertyId.ResponseTopic:
                    CheckResponseTopic(properties.Value, limits);
                    message = message with { ResponseTopic = properties.Text };
                    break;
                case PropertyId.CorrelationData: message = message with { CorrelationData = properties.Value.ToArray() }; break;
                case PropertyId.SubscriptionIdentifier: (subscriptions ??= []).Add((int)properties.Number); break;
                case PropertyId.WillDelayInterval: willDelay = properties.Number; break;
                case PropertyId.UserProperty: properties.AddTo(ref userProperties); break;
                default: break;
            }
        }

        if (empty) return null;
        if (userProperties is not null) message = message with { UserProperties = userProperties };
        return subscriptions is null ? message : message with { SubscriptionIdentifiers = subscriptions };
    }

    private static void CheckResponseTopic(ReadOnlySpan<byte> topic, ReadLimits limits)
    {
        if (TopicRules.CheckName(topic, limits) is { } fault)
            Violation.With(fault.Reason == ReasonCode.MalformedPacket ? ReasonCode.ProtocolError : fault.Reason, "MQTT-3.3.2-14", fault.Message);
    }
}
