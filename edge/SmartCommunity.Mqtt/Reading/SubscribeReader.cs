using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0 sections 3.8 and 3.10).</summary>
internal static class SubscribeReader
{
    // subscribe = packet-id [properties] 1*{ filter options }
    public static SubscribePacket Subscribe(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var packetId = body.PacketId(ifZero: ReasonCode.MalformedPacket);
        int? identifier = null;
        List<UserProperty>? userProperties = null;
        if (version == MqttVersion.V500)
        {
            var properties = body.Properties(PropertyScope.Subscribe, limits);
            while (properties.Next())
            {
                if (properties.Id == PropertyId.SubscriptionIdentifier) identifier = (int)properties.Number;
                else properties.AddTo(ref userProperties);
            }
        }

        if (body.Remaining == 0) Violation.Protocol("MQTT-3.8.3-2", "A SUBSCRIBE without a filter.");
        var filters = new List<SubscriptionRequest>();
        while (body.Remaining > 0)
        {
            CheckCount(filters.Count, limits);
            var filter = Filter(ref body, limits);
            filters.Add(Options(filter, body.Byte(), version));
        }

        return new SubscribePacket(packetId, filters) { SubscriptionIdentifier = identifier, UserProperties = userProperties ?? [] };
    }

    // unsubscribe = packet-id [properties] 1*filter
    public static UnsubscribePacket Unsubscribe(ReadOnlySpan<byte> bytes, MqttVersion version, ReadLimits limits)
    {
        var body = new BodyReader(bytes);
        var packetId = body.PacketId(ifZero: ReasonCode.MalformedPacket);
        List<UserProperty>? userProperties = null;
        if (version == MqttVersion.V500)
        {
            var properties = body.Properties(PropertyScope.Unsubscribe, limits);
            while (properties.Next()) properties.AddTo(ref userProperties);
        }

        if (body.Remaining == 0) Violation.Protocol("MQTT-3.10.3-2", "An UNSUBSCRIBE without a filter.");
        var filters = new List<string>();
        while (body.Remaining > 0)
        {
            CheckCount(filters.Count, limits);
            filters.Add(Filter(ref body, limits));
        }

        return new UnsubscribePacket(packetId, filters) { UserProperties = userProperties ?? [] };
    }

    // options = reserved (2 bits) retain-handling (2 bits) retain-as-published no-local qos (2 bits); MQTT 3.1.1 has the QoS only
    private static SubscriptionRequest Options(string filter, byte options, MqttVersion version)
    {
        var reserved = version == MqttVersion.V500 ? 0xC0 : 0xFC;
        if ((options & reserved) != 0) Violation.Malformed("MQTT-3.8.3-5", "Reserved subscription options are set.");
        if ((options & 3) == 3) Violation.Malformed("3.8.3.1", "The maximum QoS is 3.");
        var handling = (options >> 4) & 3;
        if (handling == 3) Violation.Protocol("3.8.3.1", "The retain handling is 3.");
        var noLocal = (options & 0x04) != 0;
        if (noLocal && SharedFilter.TryParse(filter, out _)) Violation.Protocol("MQTT-3.8.3-4", "No Local on a shared subscription.");
        return new SubscriptionRequest(filter, (QualityOfService)(options & 3), noLocal, (options & 0x08) != 0, (RetainHandling)handling);
    }

    private static string Filter(ref BodyReader body, ReadLimits limits)
    {
        var utf8 = body.Binary();
        var text = Utf8Rules.Decode(utf8);
        if (TopicRules.CheckFilter(utf8, limits) is { } fault) Violation.With(fault.Reason, fault.Statement, fault.Message);
        return text;
    }

    private static void CheckCount(int count, ReadLimits limits)
    {
        if (count >= limits.MaxFiltersPerPacket)
            Violation.With(ReasonCode.QuotaExceeded, "3.8.3", $"More than {limits.MaxFiltersPerPacket} filters in one packet.");
    }
}
