using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Api.Tests.Support;

internal sealed class FakeDirectoryStore : IDirectoryStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredCommunity> _communities = new(StringComparer.Ordinal);

    public Dictionary<PersonId, string> Passwords { get; } = [];

    public ValueTask<ImmutableArray<StoredCommunity>> ReadCommunitiesAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<ImmutableArray<StoredCommunity>>([.. _communities.Values]);
        }
    }

    public ValueTask<bool> WriteCommunityAsync(
        CommunityId id, string yaml, long expectedVersion, DateTimeOffset at, string actor, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if ((_communities.GetValueOrDefault(id.Value)?.Version ?? 0) != expectedVersion)
            {
                return ValueTask.FromResult(false);
            }

            _communities[id.Value] = new(id, yaml, expectedVersion + 1, at);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<string?> FindPasswordHashAsync(PersonId person, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Passwords.GetValueOrDefault(person));

    public ValueTask SetPasswordHashAsync(PersonId person, string hash, CancellationToken cancellationToken)
    {
        Passwords[person] = hash;
        return ValueTask.CompletedTask;
    }
}
