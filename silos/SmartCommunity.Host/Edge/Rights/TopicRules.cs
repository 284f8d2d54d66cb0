using System.Runtime.CompilerServices;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Host.Edge.Rights;

/// <summary>
/// A device speaks and listens below <c>sc/v1/{device}/</c>; an account does what its rules say. Nobody but the system itself publishes below
/// <c>sc/v1/incidents/</c>.
/// </summary>
/// <remarks>Device ids hold none of <c>/ + #</c>, so that an id can not widen its own topics.</remarks>
internal sealed class TopicRules(AccountDirectory accounts) : ITopicAuthorizer
{
    /// <summary>Below it stand the open incidents, one retained message each.</summary>
    public const string Incidents = Root + "incidents/";

    private const string Root = "sc/v1/";

    // Goes with the connection and its session. Devices, of which there are many, need none.
    private readonly ConditionalWeakTable<ClientIdentity, ClientRights> _rights = [];

    public bool MayPublish(ClientIdentity client, string topic) =>
        !topic.StartsWith(Incidents, StringComparison.Ordinal) && (client.Kind == ClientKind.Device ? IsOwn(client, topic) : RightsOf(client).MayPublish(topic));

    public bool MaySubscribe(ClientIdentity client, string topicFilter)
    {
        var filter = SharedFilter.TryParse(topicFilter, out var shared) ? shared.Filter : topicFilter;

        // A device that is called "incidents" has no topics of its own: everybody's incidents stand there.
        return client.Kind == ClientKind.Device
            ? IsOwn(client, filter) && !filter.StartsWith(Incidents, StringComparison.Ordinal)
            : RightsOf(client).MaySubscribe(filter);
    }

    // Asked for every message: nothing is put together.
    private static bool IsOwn(ClientIdentity device, string topic) =>
        topic.Length > Root.Length + device.Name.Length
        && topic[Root.Length + device.Name.Length] == '/'
        && topic.StartsWith(Root, StringComparison.Ordinal)
        && topic.AsSpan(Root.Length).StartsWith(device.Name, StringComparison.Ordinal);

    private ClientRights RightsOf(ClientIdentity client)
    {
        var book = accounts.Current;
        if (_rights.TryGetValue(client, out var rights) && ReferenceEquals(rights.Book, book))
        {
            return rights;
        }

        rights = new(book, client);
        _rights.AddOrUpdate(client, rights);
        return rights;
    }
}
