using System.Collections.Immutable;

namespace SmartCommunity.Stores.Accounts;

/// <summary>Who signs in to MQTT: accounts, and the hashed tokens of accounts and devices.</summary>
public interface IAccountStore
{
    /// <summary>All accounts and all tokens, as they were at one moment.</summary>
    ValueTask<StoredCredentials> ReadAsync(CancellationToken cancellationToken);

    /// <summary>One account, or null.</summary>
    ValueTask<MqttAccount?> FindAccountAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores an account as version <c>expectedVersion + 1</c> if <paramref name="expectedVersion"/> is the stored one (0: none is stored).</summary>
    /// <param name="account">The account; its version is not looked at, and its creation time only when it is new.</param>
    /// <param name="expectedVersion">The version that the change is based on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when another version is stored: nothing was changed.</returns>
    ValueTask<bool> WriteAccountAsync(MqttAccount account, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes an account and its tokens.</summary>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> DeleteAccountAsync(string name, CancellationToken cancellationToken);

    /// <summary>The tokens of one owner, oldest first.</summary>
    ValueTask<ImmutableArray<MqttToken>> ReadTokensAsync(TokenOwner owner, CancellationToken cancellationToken);

    /// <summary>Adds tokens, each to its owner; what becomes of the owners' other tokens is said by <paramref name="rotation"/>.</summary>
    /// <param name="tokens">The new tokens, at most one per owner.</param>
    /// <param name="rotation">When the others end.</param>
    /// <param name="now">The time: tokens that have expired do not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ids of the tokens that ended; null when an owner has <see cref="MqttToken.MaxValid"/> good ones already and none ends at once: nothing was
    /// changed.</returns>
    ValueTask<ImmutableArray<string>?> AddTokensAsync(
        IReadOnlyList<MqttToken> tokens, TokenRotation rotation, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes one token of an owner, or all.</summary>
    /// <returns>The ids of those that were removed.</returns>
    ValueTask<ImmutableArray<string>> RevokeTokensAsync(TokenOwner owner, string? id, CancellationToken cancellationToken);

    /// <summary>Notes that tokens were used, and sets the end of those that they replace.</summary>
    /// <returns>Whether the end of a token changed.</returns>
    ValueTask<bool> MarkUsedAsync(IReadOnlyList<TokenUse> uses, CancellationToken cancellationToken);

    /// <summary>Removes the tokens that have expired.</summary>
    /// <returns>Their ids.</returns>
    ValueTask<ImmutableArray<string>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>All accounts and tokens.</summary>
public sealed record StoredCredentials(ImmutableArray<MqttAccount> Accounts, ImmutableArray<MqttToken> Tokens);

/// <summary>A sign-in with a token.</summary>
public readonly record struct TokenUse(string Token, DateTimeOffset At);
