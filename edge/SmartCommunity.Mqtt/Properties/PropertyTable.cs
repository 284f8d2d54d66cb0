using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Properties;

/// <summary>How a property's value is encoded.</summary>
internal enum PropertyKind : byte
{
    Unknown = 0,

    /// <summary>A byte that is 0 or 1.</summary>
    Flag,
    UInt16,
    UInt32,
    VariableInt,
    Text,
    Binary,
    Pair,
}

/// <summary>Where a property may stand: one bit per packet type, and one for the will inside CONNECT.</summary>
[Flags]
internal enum PropertyScope
{
    None = 0,
    Connect = 1 << PacketType.Connect,
    ConnAck = 1 << PacketType.ConnAck,
    Publish = 1 << PacketType.Publish,
    PubAck = 1 << PacketType.PubAck,
    PubRec = 1 << PacketType.PubRec,
    PubRel = 1 << PacketType.PubRel,
    PubComp = 1 << PacketType.PubComp,
    Subscribe = 1 << PacketType.Subscribe,
    SubAck = 1 << PacketType.SubAck,
    Unsubscribe = 1 << PacketType.Unsubscribe,
    UnsubAck = 1 << PacketType.UnsubAck,
    Disconnect = 1 << PacketType.Disconnect,
    Auth = 1 << PacketType.Auth,
    Will = 1 << 16,

    Message = Publish | Will,
    Session = Connect | ConnAck,
    Answers = ConnAck | PubAck | PubRec | PubRel | PubComp | SubAck | UnsubAck | Disconnect | Auth,
    All = Message | Connect | Answers | Subscribe | Unsubscribe,
}

/// <summary>What one property is.</summary>
/// <param name="Kind">Its encoding.</param>
/// <param name="Scope">The packets that may hold it.</param>
/// <param name="ZeroForbidden">Whether the value 0 is a protocol error.</param>
internal readonly record struct PropertyRule(PropertyKind Kind, PropertyScope Scope, bool ZeroForbidden = false);

/// <summary>Table 2-4 of MQTT 5.0.</summary>
internal static class PropertyTable
{
    private static readonly PropertyRule[] Rules = Build();

    /// <summary>The rule of a property; its kind is Unknown for identifiers that MQTT does not define.</summary>
    public static PropertyRule Find(int id) => (uint)id < (uint)Rules.Length ? Rules[id] : default;

    private static PropertyRule[] Build()
    {
        var rules = new PropertyRule[(int)PropertyId.SharedSubscriptionAvailable + 1];
        Set(PropertyId.PayloadFormatIndicator, PropertyKind.Flag, PropertyScope.Message);
        Set(PropertyId.MessageExpiryInterval, PropertyKind.UInt32, PropertyScope.Message);
        Set(PropertyId.ContentType, PropertyKind.Text, PropertyScope.Message);
        Set(PropertyId.ResponseTopic, PropertyKind.Text, PropertyScope.Message);
        Set(PropertyId.CorrelationData, PropertyKind.Binary, PropertyScope.Message);
        Set(PropertyId.SubscriptionIdentifier, PropertyKind.VariableInt, PropertyScope.Publish | PropertyScope.Subscribe, zeroForbidden: true);
        Set(PropertyId.SessionExpiryInterval, PropertyKind.UInt32, PropertyScope.Session | PropertyScope.Disconnect);
        Set(PropertyId.AssignedClientIdentifier, PropertyKind.Text, PropertyScope.ConnAck);
        Set(PropertyId.ServerKeepAlive, PropertyKind.UInt16, PropertyScope.ConnAck);
        Set(PropertyId.AuthenticationMethod, PropertyKind.Text, PropertyScope.Session | PropertyScope.Auth);
        Set(PropertyId.AuthenticationData, PropertyKind.Binary, PropertyScope.Session | PropertyScope.Auth);
        Set(PropertyId.RequestProblemInformation, PropertyKind.Flag, PropertyScope.Connect);
        Set(PropertyId.WillDelayInterval, PropertyKind.UInt32, PropertyScope.Will);
        Set(PropertyId.RequestResponseInformation, PropertyKind.Flag, PropertyScope.Connect);
        Set(PropertyId.ResponseInformation, PropertyKind.Text, PropertyScope.ConnAck);
        Set(PropertyId.ServerReference, PropertyKind.Text, PropertyScope.ConnAck | PropertyScope.Disconnect);
        Set(PropertyId.ReasonString, PropertyKind.Text, PropertyScope.Answers);
        Set(PropertyId.ReceiveMaximum, PropertyKind.UInt16, PropertyScope.Session, zeroForbidden: true);
        Set(PropertyId.TopicAliasMaximum, PropertyKind.UInt16, PropertyScope.Session);
        Set(PropertyId.TopicAlias, PropertyKind.UInt16, PropertyScope.Publish);
        Set(PropertyId.MaximumQos, PropertyKind.Flag, PropertyScope.ConnAck);
        Set(PropertyId.RetainAvailable, PropertyKind.Flag, PropertyScope.ConnAck);
        Set(PropertyId.UserProperty, PropertyKind.Pair, PropertyScope.All);
        Set(PropertyId.MaximumPacketSize, PropertyKind.UInt32, PropertyScope.Session, zeroForbidden: true);
        Set(PropertyId.WildcardSubscriptionAvailable, PropertyKind.Flag, PropertyScope.ConnAck);
        Set(PropertyId.SubscriptionIdentifierAvailable, PropertyKind.Flag, PropertyScope.ConnAck);
        Set(PropertyId.SharedSubscriptionAvailable, PropertyKind.Flag, PropertyScope.ConnAck);
        return rules;

        void Set(PropertyId id, PropertyKind kind, PropertyScope scope, bool zeroForbidden = false) => rules[(int)id] = new(kind, scope, zeroForbidden);
    }
}
