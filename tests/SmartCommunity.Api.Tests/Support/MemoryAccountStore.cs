using System.Collections.Immutable;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.TestSupport;

/// <summary>Accounts and tokens in memory, counting how often all are read.</summary>
internal sealed class MemoryAccountStore : IAccountStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MqttAccount> _accounts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MqttToken> _tokens = new(StringComparer.Ordinal);

    public int Reads { get; private set; }

    public IReadOnlyCollection<MqttToken> Tokens
    {
        get
        {
            lock (_lock)
            {
                return [.. _tokens.Values];
            }
        }
    }

    public IReadOnlyCollection<MqttAccount> Accounts
    {
        get
        {
            lock (_lock)
            {
                return [.. _accounts.Values];
            }
        }
    }

    public void Put(MqttToken token)
    {
        lock (_lock)
        {
            _tokens[token.Id] = token;
        }
    }

    public void Put(MqttAccount account)
    {
        lock (_lock)
        {
            _accounts[account.Name] = account;
        }
    }

    public ValueTask<StoredCredentials> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Reads++;
            return new(new StoredCredentials([.. _accounts.Values], [.. _tokens.Values]));
        }
    }

    public ValueTask<MqttAccount?> FindAccountAsync(string name, CancellationToken cancellationToken) => new(_accounts.GetValueOrDefault(name));

    public ValueTask<bool> WriteAccountAsync(MqttAccount account, long expectedVersion, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if ((_accounts.GetValueOrDefault(account.Name)?.Version ?? 0) != expectedVersion)
            {
                return new(result: false);
            }

            _accounts[account.Name] = account with { Version = expectedVersion + 1 };
            return new(result: true);
        }
    }

    public ValueTask<bool> DeleteAccountAsync(string name, CancellationToken cancellationToken)
    {
        Remove(token => token.Owner == new TokenOwner(name, IsDevice: false));
        return new(_accounts.Remove(name));
    }

    public ValueTask<ImmutableArray<MqttToken>> ReadTokensAsync(TokenOwner owner, CancellationToken cancellationToken) =>
        new([.. Tokens.Where(token => token.Owner == owner).OrderBy(token => token.CreatedAt)]);

    public ValueTask<ImmutableArray<string>?> AddTokensAsync(
        IReadOnlyList<MqttToken> tokens, TokenRotation rotation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isAtOnce = rotation == TokenRotation.AtOnce;
        var owners = tokens.Select(token => token.Owner).ToHashSet();
        var others = Tokens.Where(token => owners.Contains(token.Owner) && !(token.ExpiresAt <= now)).ToList();
        if (!isAtOnce && others.GroupBy(token => token.Owner).Any(group => group.Count() >= MqttToken.MaxValid))
        {
            return new((ImmutableArray<string>?)null);
        }

        ImmutableArray<string> ended = isAtOnce ? Remove(token => owners.Contains(token.Owner)) : [];
        foreach (var other in isAtOnce ? [] : others)
        {
            var successor = tokens.Single(token => token.Owner == other.Owner).Id;
            Put(rotation.Deadline is { } deadline ? other with { ExpiresAt = deadline } : other with { Successor = successor, Grace = rotation.Grace!.Value });
        }

        foreach (var token in tokens)
        {
            Put(token);
        }

        return new(ended);
    }

    public ValueTask<ImmutableArray<string>> RevokeTokensAsync(TokenOwner owner, string? id, CancellationToken cancellationToken) =>
        new(Remove(token => token.Owner == owner && (id is null || token.Id == id)));

    public ValueTask<bool> MarkUsedAsync(IReadOnlyList<TokenUse> uses, CancellationToken cancellationToken)
    {
        var ends = false;
        foreach (var use in uses)
        {
            if (Tokens.FirstOrDefault(token => token.Id == use.Token) is { } used)
            {
                Put(used with { LastUsedAt = use.At });
            }

            foreach (var old in Tokens.Where(token => token.Successor == use.Token))
            {
                Put(old with { ExpiresAt = use.At + old.Grace, Successor = null, Grace = TimeSpan.Zero });
                ends = true;
            }
        }

        return new(ends);
    }

    public ValueTask<ImmutableArray<string>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) => new(Remove(token => token.ExpiresAt <= now));

    private ImmutableArray<string> Remove(Func<MqttToken, bool> which)
    {
        lock (_lock)
        {
            ImmutableArray<string> ids = [.. _tokens.Values.Where(which).Select(token => token.Id)];
            foreach (var id in ids)
            {
                _tokens.Remove(id);
            }

            return ids;
        }
    }
}
