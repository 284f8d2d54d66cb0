using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Fuzz.Oracles;

/// <summary>What the library understood, in the words of <see cref="NaiveDecoder"/>.</summary>
public static class Summary
{
    public static string Of(object packet) => packet switch
    {
        ConnectPacket p => Connect(p),
        ConnAckPacket p => $"connack {(p.SessionPresent ? 1 : 0)} {(int)p.Reason} {Properties(p)}",
        PublishPacket p => Publish(p),
        AckPacket p => $"{p.Type.ToString().ToLowerInvariant()} {p.PacketId} {(int)p.Reason} {Join(Details(p.Details))}",
        SubscribePacket p => Subscribe(p),
        SubAckPacket p => $"suback {p.PacketId} {Join(Details(p.Details))} {string.Join(' ', p.Reasons.Select(r => (int)r))}",
        UnsubscribePacket p => $"unsubscribe {p.PacketId} {Join(Users(p.UserProperties))} {string.Join(' ', p.Filters)}",
        UnsubAckPacket p => $"unsuback {p.PacketId} {Join(Details(p.Details))}{string.Concat(p.Reasons.Select(r => $" {(int)r}"))}",
        DisconnectPacket p =>
            $"disconnect {(int)p.Reason} {Join([.. One(17, p.SessionExpiryInterval), .. One(28, p.ServerReference), .. Details(p.Details)])}",
        AuthPacket p => $"auth {(int)p.Reason} {Join([.. One(21, p.AuthenticationMethod), .. One(22, Hex(p.AuthenticationData)), .. Details(p.Details)])}",
        _ => "ping",
    };

    private static string Connect(ConnectPacket p)
    {
        var text = $"connect {(int)p.Version} {p.CleanStart} {p.KeepAlive} {Properties(p)} {p.ClientId}";
        if (p.Will is { } will)
        {
            var properties = Message(will.Properties).Concat(will.DelayInterval == 0 ? [] : One(24, will.DelayInterval));
            text += $" will {Join(properties)} {will.Topic} {Convert.ToHexString(will.Payload.Span)} {(int)will.Qos} {will.Retain}";
        }

        if (p.UserName is { } user) text += $" user {user}";
        return p.Password is { } password ? text + $" password {Convert.ToHexString(password)}" : text;
    }

    private static string Properties(ConnectPacket p) => Join(
    [
        .. One(17, p.SessionExpiryInterval), .. One(33, p.ReceiveMaximum), .. One(39, p.MaximumPacketSize), .. One(34, p.TopicAliasMaximum),
        .. p.RequestResponseInformation ? One(25, "1") : [], .. p.RequestProblemInformation ? [] : One(23, "0"),
        .. One(21, p.AuthenticationMethod), .. One(22, Hex(p.AuthenticationData)), .. Users(p.UserProperties),
    ]);

    private static string Properties(ConnAckPacket p) => Join(
    [
        .. One(17, p.SessionExpiryInterval), .. One(33, p.ReceiveMaximum), .. One(36, p.MaximumQos is { } qos ? (int)qos : (int?)null),
        .. p.RetainAvailable ? [] : One(37, "0"), .. One(39, p.MaximumPacketSize), .. One(18, p.AssignedClientIdentifier),
        .. One(34, p.TopicAliasMaximum), .. One(31, p.ReasonString), .. p.WildcardSubscriptionAvailable ? [] : One(40, "0"),
        .. p.SubscriptionIdentifierAvailable ? [] : One(41, "0"), .. p.SharedSubscriptionAvailable ? [] : One(42, "0"),
        .. One(19, p.ServerKeepAlive), .. One(26, p.ResponseInformation), .. One(28, p.ServerReference), .. One(21, p.AuthenticationMethod),
        .. One(22, Hex(p.AuthenticationData)), .. Users(p.UserProperties),
    ]);

    private static string Publish(PublishPacket p)
    {
        var properties = Message(p.DecodeProperties()).Concat(p.TopicAlias == 0 ? [] : One(35, p.TopicAlias));
        var hex = Convert.ToHexString(p.Payload.Span);
        return $"publish {p.Topic?.Text} {p.PacketId} {(int)p.Qos} {p.Retain} {p.Duplicate} {Join(properties)} {hex}";
    }

    private static string Subscribe(SubscribePacket p)
    {
        var filters = p.Filters.Select(f =>
            $" {f.Filter}={(int)f.MaximumQos | (f.NoLocal ? 4 : 0) | (f.RetainAsPublished ? 8 : 0) | ((int)f.RetainHandling << 4)}");
        return $"subscribe {p.PacketId} {Join([.. One(11, p.SubscriptionIdentifier), .. Users(p.UserProperties)])}{string.Concat(filters)}";
    }

    private static IEnumerable<(int Id, string Value)> Message(PublishProperties? p) => p is null
        ? []
        :
        [
            .. p.PayloadIsUtf8 ? One(1, "1") : [], .. One(2, p.MessageExpiryInterval), .. One(3, p.ContentType), .. One(8, p.ResponseTopic),
            .. One(9, Hex(p.CorrelationData)), .. Users(p.UserProperties), .. p.SubscriptionIdentifiers.Select(i => (11, $"{i}")),
        ];

    private static IEnumerable<(int Id, string Value)> Details(ReasonDetails? details) =>
        details is null ? [] : [.. One(31, details.ReasonString), .. Users(details.UserProperties)];

    private static IEnumerable<(int Id, string Value)> Users(IReadOnlyList<UserProperty> properties) => properties.Select(p => (38, $"{p.Name}:{p.Value}"));

    private static (int Id, string Value)[] One(int id, object? value) => value is null ? [] : [(id, $"{value}")];

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexString(bytes);

    private static string Join(IEnumerable<(int Id, string Value)> properties) =>
        string.Join(';', properties.OrderBy(p => p.Id).Select(p => $"{p.Id}={p.Value}"));
}
