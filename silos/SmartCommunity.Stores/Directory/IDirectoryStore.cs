using System.Collections.Immutable;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Stores.Directory;

/// <summary>The community files, and the hashed passwords of people.</summary>
public interface IDirectoryStore
{
    /// <summary>All stored community files, in the order of their ids.</summary>
    ValueTask<ImmutableArray<StoredCommunity>> ReadCommunitiesAsync(CancellationToken cancellationToken);

    /// <summary>Stores a file as version <c>expectedVersion + 1</c> if <paramref name="expectedVersion"/> is the stored one (0: none is stored).</summary>
    /// <returns>False when another version is stored: nothing was changed.</returns>
    ValueTask<bool> WriteCommunityAsync(CommunityId id, string yaml, long expectedVersion, DateTimeOffset at, string actor, CancellationToken cancellationToken);

    /// <summary>The password hash of a person, or null.</summary>
    ValueTask<string?> FindPasswordHashAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Sets the password hash of a person.</summary>
    ValueTask SetPasswordHashAsync(PersonId person, string hash, CancellationToken cancellationToken);
}

/// <summary>A community file as it is kept.</summary>
public sealed record StoredCommunity(CommunityId Id, string Yaml, long Version, DateTimeOffset UpdatedAt);
