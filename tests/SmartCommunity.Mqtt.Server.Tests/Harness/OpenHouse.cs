using System.Collections.Concurrent;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Harness;

/// <summary>Lets everybody in whose password is not "wrong"; topics and filters that start with "secret" are closed.</summary>
public sealed class OpenHouse : IClientAuthenticator, ITopicAuthorizer
{
    /// <summary>Who asked to come in, in order.</summary>
    public ConcurrentQueue<ClientCredentials> SignIns { get; } = new();

    public ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken)
    {
        SignIns.Enqueue(credentials);
        return ValueTask.FromResult(credentials.Password.Span.SequenceEqual("wrong"u8)
            ? null
            : new ClientIdentity(credentials.UserName ?? "anyone", ClientKind.Device, credentials.ClientId));
    }

    public bool MayPublish(ClientIdentity client, string topic) => !topic.StartsWith("secret", StringComparison.Ordinal);

    public bool MaySubscribe(ClientIdentity client, string topicFilter) => !topicFilter.StartsWith("secret", StringComparison.Ordinal);
}
