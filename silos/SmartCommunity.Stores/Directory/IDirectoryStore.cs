using System.Collections.Immutable;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Stores.Directory;

/// <summary>The community files, and the secrets of people and devices (hashed).</summary>
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

    /// <summary>All MQTT credentials: of devices and of subscriber accounts.</summary>
    ValueTask<ImmutableArray<MqttCredential>> ReadCredentialsAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces MQTT credentials.</summary>
    ValueTask SetCredentialsAsync(IReadOnlyList<MqttCredential> credentials, CancellationToken cancellationToken);
}

/// <summary>A community file as it is kept.</summary>
public sealed record StoredCommunity(CommunityId Id, string Yaml, long Version, DateTimeOffset UpdatedAt);

/// <summary>What a client signs in to MQTT with.</summary>
/// <param name="UserName">The device id or account name.</param>
/// <param name="IsDevice">Whether it is a device; otherwise a subscriber account.</param>
/// <param name="TokenHash">SHA-256 of the token. Tokens are random with at least 128 bits, so that a slow hash would protect nothing more.</param>
public sealed record MqttCredential(string UserName, bool IsDevice, ReadOnlyMemory<byte> TokenHash);
