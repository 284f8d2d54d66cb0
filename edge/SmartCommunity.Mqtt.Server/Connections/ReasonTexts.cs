using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>What answers with a failing reason code say beside it (MQTT 5.0 section 3.4.2.2.2), for the person who diagnoses the client. Made once.</summary>
internal static class ReasonTexts
{
    private static readonly Dictionary<ReasonCode, ReasonDetails> Texts = new()
    {
        [ReasonCode.UnspecifiedError] = Say("The request failed."),
        [ReasonCode.ImplementationSpecificError] = Say("The message can not be stored now."),
        [ReasonCode.NotAuthorized] = Say("The topic rules of this account do not allow it."),
        [ReasonCode.TopicFilterInvalid] = Say("The topic filter is not allowed here."),
        [ReasonCode.TopicNameInvalid] = Say("The topic name is not allowed here."),
        [ReasonCode.PacketIdentifierInUse] = Say("The packet identifier is in use."),
        [ReasonCode.PacketIdentifierNotFound] = Say("No message is known under this packet identifier."),
        [ReasonCode.QuotaExceeded] = Say("A limit of the server was reached."),
        [ReasonCode.SharedSubscriptionsNotSupported] = Say("Shared subscriptions are not supported."),
    };

    /// <summary>The text for a reason code; null when it says enough by itself.</summary>
    public static ReasonDetails? Of(ReasonCode reason) => Texts.GetValueOrDefault(reason);

    /// <summary>One text for an answer with several reason codes: that of the first failure; null when none failed.</summary>
    public static ReasonDetails? Of(IReadOnlyList<ReasonCode> reasons)
    {
        foreach (var reason in reasons)
        {
            if (reason.IsError()) return Of(reason);
        }

        return null;
    }

    private static ReasonDetails Say(string text) => new() { ReasonString = text };
}
