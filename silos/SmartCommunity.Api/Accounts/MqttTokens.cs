using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>Makes and ends the tokens of devices and accounts: 192 random bits, shown once and kept as a hash.</summary>
public sealed class MqttTokens(IAccountStore store, IEnumerable<ICredentialObserver> observers, TimeProvider time)
{
    private const int TokenBytes = 24;
    private const int IdBytes = 8;

    /// <summary>Gives each owner a fresh token, on disk and good when this returns.</summary>
    /// <param name="owners">Whom; each once.</param>
    /// <param name="rotation">When the owners' other tokens end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tokens; null when an owner has <see cref="MqttToken.MaxValid"/> good ones that do not end at once: nothing was changed.</returns>
    public async Task<IReadOnlyList<IssuedToken>?> IssueAsync(IReadOnlyList<TokenOwner> owners, TokenRotation rotation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var issued = owners.Select(owner => new IssuedToken(owner.Name, NewId(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)))).ToList();
        var stored = owners.Zip(issued, (owner, token) => new MqttToken(token.Id, owner, SHA256.HashData(Encoding.UTF8.GetBytes(token.Token)), now)).ToList();
        if (await store.AddTokensAsync(stored, rotation, now, cancellationToken) is null)
        {
            return null;
        }

        await TellAsync(cancellationToken);
        return issued;
    }

    /// <summary>Ends one token of an owner, or all; connections that signed in with them are closed when this returns.</summary>
    /// <returns>The ids of those that ended.</returns>
    public async Task<ImmutableArray<string>> RevokeAsync(TokenOwner owner, string? id, CancellationToken cancellationToken)
    {
        var revoked = await store.RevokeTokensAsync(owner, id, cancellationToken);
        await TellAsync(cancellationToken);
        return revoked;
    }

    /// <summary>Tells whoever keeps credentials in memory that they changed.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var observer in observers)
        {
            await observer.CredentialsChangedAsync(cancellationToken);
        }
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true);
}

/// <summary>A new token.</summary>
/// <param name="Owner">The device or account; its MQTT user name.</param>
/// <param name="Id">The token's id, for lists and revocation.</param>
/// <param name="Token">The MQTT password; it can not be read again.</param>
public sealed record IssuedToken(string Owner, string Id, string Token);
