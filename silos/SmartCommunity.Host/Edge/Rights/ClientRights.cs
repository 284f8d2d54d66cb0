using System.Runtime.CompilerServices;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Rights;

/// <summary>What one client of an account may say and hear, as its rules are in one <see cref="AccountBook"/>. Thread-safe.</summary>
internal sealed class ClientRights
{
    // A client uses few topics, and the endpoint gives each the same string every time. A power of two.
    private const int Remembered = 16;

    private readonly string[] _publish;
    private readonly string[] _subscribe;

    // Topics that were allowed, by reference; whoever writes at the same time loses at most a memory.
    private readonly string?[] _allowed = new string?[Remembered];

    public ClientRights(AccountBook book, ClientIdentity client)
    {
        Book = book;
        var account = book.Accounts.GetValueOrDefault(client.Name);
        var rules = account is { Enabled: true } ? account : null;
        _publish = rules is null or { Kind: AccountKind.Subscriber } ? [] : Expand(rules.Publish, client);
        _subscribe = rules is null ? [] : Expand(rules.Subscribe, client);
    }

    /// <summary>The book that they were read from.</summary>
    public AccountBook Book { get; }

    public bool MayPublish(string topic)
    {
        ref var slot = ref _allowed[RuntimeHelpers.GetHashCode(topic) & (Remembered - 1)];
        if (ReferenceEquals(slot, topic))
        {
            return true;
        }

        foreach (var filter in _publish)
        {
            if (TopicMatcher.Matches(filter, topic))
            {
                slot = topic;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one rule allows all that the filter, which is no shared one, can match.</summary>
    public bool MaySubscribe(string filter)
    {
        foreach (var rule in _subscribe)
        {
            if (FilterCoverage.Covers(rule, filter))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Expand(IEnumerable<string> rules, ClientIdentity client) =>
        [.. rules.Select(rule => TopicPattern.Expand(rule, client.Name, client.ClientId)).OfType<string>()];
}
