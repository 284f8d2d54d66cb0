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

    public bool MayPublish(ClientIdentity client, string topic) => client.Kind == ClientKind.Device && IsOwn(client, topic);

    public bool MaySubscribe(ClientIdentity client, string topicFilter) =>
        client.Kind == ClientKind.Device ? IsOwn(client, topicFilter) : topicFilter.StartsWith(Incidents, StringComparison.Ordinal);

    // A device that is called "incidents" has no topics of its own: everybody's incidents stand there.
    private static bool IsOwn(ClientIdentity device, string topic) =>
        topic.StartsWith(Own(device), StringComparison.Ordinal) && !topic.StartsWith(Incidents, StringComparison.Ordinal);

    private static string Own(ClientIdentity client) => $"sc/v1/{client.Name}/";
}
