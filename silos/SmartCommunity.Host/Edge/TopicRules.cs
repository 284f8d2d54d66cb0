using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Host.Edge;

/// <summary>
/// A device speaks and listens below <c>sc/v1/{device}/</c>. A subscriber account reads <c>sc/v1/incidents/</c> and publishes nothing.
/// </summary>
/// <remarks>Device ids hold none of <c>/ + #</c>, so that an id can not widen its own topics.</remarks>
internal sealed class TopicRules : ITopicAuthorizer
{
    /// <summary>Below it stand the open incidents, one retained message each.</summary>
    public const string Incidents = "sc/v1/incidents/";

    public bool MayPublish(ClientIdentity client, string topic) => client.Kind == ClientKind.Device && topic.StartsWith(Own(client), StringComparison.Ordinal);

    public bool MaySubscribe(ClientIdentity client, string topicFilter) =>
        topicFilter.StartsWith(client.Kind == ClientKind.Device ? Own(client) : Incidents, StringComparison.Ordinal);

    private static string Own(ClientIdentity client) => $"sc/v1/{client.Name}/";
}
