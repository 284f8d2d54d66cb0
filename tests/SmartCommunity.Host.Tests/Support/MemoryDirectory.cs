using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Tests.Support;

/// <summary>The directory in memory, counting what is asked of it.</summary>
internal sealed class MemoryDirectory : IDirectoryStore
{
    private readonly Dictionary<string, StoredCommunity> _communities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MqttCredential> _credentials = new(StringComparer.Ordinal);

    public Dictionary<PersonId, string> Passwords { get; } = [];

    public int CredentialReads { get; private set; }

    public IReadOnlyCollection<MqttCredential> Credentials => _credentials.Values;

    public void SetToken(string device, string token) => _credentials[device] = new(device, IsDevice: true, Secrets.HashToken(token));

    public ValueTask<ImmutableArray<StoredCommunity>> ReadCommunitiesAsync(CancellationToken cancellationToken) => new([.. _communities.Values]);

    public ValueTask<bool> WriteCommunityAsync(CommunityId id, string yaml, long expectedVersion, DateTimeOffset at, string actor, CancellationToken cancellationToken)
    {
        if ((_communities.GetValueOrDefault(id.Value)?.Version ?? 0) != expectedVersion)
        {
            return new(result: false);
        }

        _communities[id.Value] = new(id, yaml, expectedVersion + 1, at);
        return new(result: true);
    }

    public ValueTask<string?> FindPasswordHashAsync(PersonId person, CancellationToken cancellationToken) => new(Passwords.GetValueOrDefault(person));

    public ValueTask SetPasswordHashAsync(PersonId person, string hash, CancellationToken cancellationToken)
    {
        Passwords[person] = hash;
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<MqttCredential>> ReadCredentialsAsync(CancellationToken cancellationToken)
    {
        CredentialReads++;
        return new([.. _credentials.Values]);
    }

    public ValueTask SetCredentialsAsync(IReadOnlyList<MqttCredential> credentials, CancellationToken cancellationToken)
    {
        foreach (var credential in credentials)
        {
            _credentials[credential.UserName] = credential;
        }

        return ValueTask.CompletedTask;
    }
}
