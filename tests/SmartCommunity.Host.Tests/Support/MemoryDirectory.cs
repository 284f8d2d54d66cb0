using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Tests.Support;

/// <summary>The directory in memory.</summary>
internal sealed class MemoryDirectory : IDirectoryStore
{
    private readonly Dictionary<string, StoredCommunity> _communities = new(StringComparer.Ordinal);

    public Dictionary<PersonId, string> Passwords { get; } = [];

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
}
