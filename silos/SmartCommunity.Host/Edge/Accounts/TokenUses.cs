using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>Which tokens were used since they were last written down: one entry per token, however often it signed in. Thread-safe.</summary>
internal sealed class TokenUses(AccountDirectory accounts)
{
    private readonly Lock _lock = new();
    private Dictionary<string, DateTimeOffset> _uses = new(StringComparer.Ordinal);

    /// <summary>Called when a use can not wait for the next round, because another token ends by it.</summary>
    public Action? IsUrgent { get; set; }

    public void Note(MqttToken token, DateTimeOffset now)
    {
        lock (_lock)
        {
            _uses[token.Id] = now;
        }

        if (accounts.Current.AwaitedSuccessors.Contains(token.Id))
        {
            IsUrgent?.Invoke();
        }
    }

    /// <summary>Takes what has gathered.</summary>
    public IReadOnlyList<TokenUse> Take()
    {
        lock (_lock)
        {
            var taken = _uses.Select(use => new TokenUse(use.Key, use.Value)).ToList();
            _uses = new(StringComparer.Ordinal);
            return taken;
        }
    }
}
