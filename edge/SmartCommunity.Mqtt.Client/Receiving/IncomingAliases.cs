using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>The topics that the server names by a number on one connection (MQTT 5.0 section 3.3.2.3.4).</summary>
/// <param name="maximum">The highest number that the server was allowed.</param>
internal sealed class IncomingAliases(int maximum)
{
    private TopicName?[]? _topics;

    /// <summary>The topic of a PUBLISH.</summary>
    /// <exception cref="MqttProtocolException">The alias was not allowed, or never set.</exception>
    public TopicName Resolve(in PublishPacket packet)
    {
        if (packet.TopicAlias == 0) return packet.Topic!;
        if (packet.TopicAlias > maximum)
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, "MQTT-3.1.2-26", $"The server used topic alias {packet.TopicAlias}; at most {maximum} was allowed.");
        _topics ??= new TopicName?[maximum + 1];
        if (packet.Topic is { } topic) return _topics[packet.TopicAlias] = topic;
        return _topics[packet.TopicAlias]
            ?? throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, "3.3.2.3.4", $"The server never set topic alias {packet.TopicAlias}.");
    }
}
