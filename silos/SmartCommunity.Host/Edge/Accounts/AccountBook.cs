using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>All accounts and tokens of the store and of the accounts file, as they were at one moment. Swapped whole.</summary>
internal sealed class AccountBook
{
    /// <summary>Nobody.</summary>
    public static AccountBook Empty { get; } = new(new([], []), new([], []));

    private static readonly byte[] Nothing = new byte[SHA256.HashSizeInBytes];

    private readonly FrozenDictionary<TokenOwner, MqttToken[]> _byOwner;

    /// <summary>Puts both together. A name that stands in both is the store's: what was made here can be revoked here.</summary>
    public AccountBook(StoredCredentials store, StoredCredentials file)
    {
        var stored = store.Accounts.Select(account => account.Name).ToHashSet(StringComparer.Ordinal);
        Shadowed = [.. file.Accounts.Select(account => account.Name).Where(stored.Contains)];
        Accounts = store.Accounts.Concat(file.Accounts.Where(account => !stored.Contains(account.Name)))
            .ToFrozenDictionary(account => account.Name, StringComparer.Ordinal);
        var tokens = store.Tokens.Concat(file.Tokens.Where(token => !stored.Contains(token.Owner.Name))).ToList();
        Tokens = tokens.ToFrozenDictionary(token => token.Id, StringComparer.Ordinal);
        _byOwner = tokens.GroupBy(token => token.Owner).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        AwaitedSuccessors = tokens.Select(token => token.Successor).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        NextExpiry = tokens.Min(token => token.ExpiresAt);
    }

    /// <summary>By name.</summary>
    public FrozenDictionary<string, MqttAccount> Accounts { get; }

    /// <summary>By id.</summary>
    public FrozenDictionary<string, MqttToken> Tokens { get; }

    /// <summary>Tokens whose first use ends another.</summary>
    public FrozenSet<string> AwaitedSuccessors { get; }

    /// <summary>When the next token expires; null when none does.</summary>
    public DateTimeOffset? NextExpiry { get; }

    /// <summary>Accounts of the file that the store has too; they are passed over.</summary>
    public ImmutableArray<string> Shadowed { get; }

    /// <summary>The tokens of a device or account.</summary>
    public ReadOnlySpan<MqttToken> TokensOf(TokenOwner owner) => _byOwner.GetValueOrDefault(owner);

    /// <summary>
    /// The token with this hash, expired or not; null when the owner has none such. It compares the same number of times whoever is asked for, so that
    /// the time of a refusal does not tell names that exist from others.
    /// </summary>
    public MqttToken? FindToken(TokenOwner owner, ReadOnlySpan<byte> hash)
    {
        var tokens = TokensOf(owner);
        MqttToken? found = null;
        for (var i = 0; i < Math.Max(MqttToken.MaxValid, tokens.Length); i++)
        {
            var token = i < tokens.Length ? tokens[i] : null;
            if (CryptographicOperations.FixedTimeEquals(token is null ? Nothing : token.Hash.Span, hash) && token is not null)
            {
                found = token;
            }
        }

        return found;
    }

    /// <summary>The accounts that one of these names in a client certificate lets in.</summary>
    public IEnumerable<string> FindByCertificate(IReadOnlyCollection<string> names) =>
        Accounts.Values.Where(account => account.Certificates.Any(names.Contains)).Select(account => account.Name);
}
