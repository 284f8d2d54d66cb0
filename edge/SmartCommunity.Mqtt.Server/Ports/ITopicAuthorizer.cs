using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Ports;

/// <summary>Decides what a client may publish and read. Asked on PUBLISH, SUBSCRIBE and before a will is accepted.</summary>
public interface ITopicAuthorizer
{
    /// <summary>Whether the client may publish to a topic.</summary>
    bool MayPublish(ClientIdentity client, string topic);

    /// <summary>Whether the client may subscribe to a filter; every topic that the filter can match must be allowed.</summary>
    bool MaySubscribe(ClientIdentity client, string topicFilter);
}
