using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>What ended between two books.</summary>
/// <param name="Revoked">Tokens that are gone: the connections that signed in with them end.</param>
/// <param name="Lost">Devices and accounts that can not sign in any more: their connections and sessions end, and what is queued for them.</param>
/// <param name="Suspended">Accounts of a file that is broken: their connections end; what is queued stays, for a slip of the pen is soon mended.</param>
/// <param name="Unnamed">Accounts that lost a name in certificates: whoever came with one comes again, or not.</param>
/// <param name="Restricted">Accounts whose topic rules are others: their subscriptions are looked at again.</param>
internal sealed record BookChange(
    IReadOnlyList<string> Revoked, IReadOnlyList<string> Lost, IReadOnlyList<string> Suspended, IReadOnlyList<string> Unnamed, IReadOnlyList<string> Restricted)
{
    public static BookChange Nothing { get; } = new([], [], [], [], []);

    public bool IsNothing => Revoked.Count + Lost.Count + Suspended.Count + Unnamed.Count + Restricted.Count == 0;

    public static BookChange Between(AccountBook before, AccountBook after, bool isFileBroken)
    {
        var revoked = before.Tokens.Values.Where(token => !after.Tokens.ContainsKey(token.Id)).ToList();
        var lost = revoked.Select(token => token.Owner).Where(owner => after.TokensOf(owner).IsEmpty && !HasCertificate(after, owner)).Select(owner => owner.Name)
            .Concat(before.Accounts.Values.Where(account => account.Enabled && after.Accounts.GetValueOrDefault(account.Name) is not { Enabled: true }).Select(account => account.Name))
            .ToHashSet(StringComparer.Ordinal);
        var kept = before.Accounts.Values.Where(account => !lost.Contains(account.Name) && after.Accounts.ContainsKey(account.Name))
            .Select(account => (Before: account, After: after.Accounts[account.Name])).ToList();
        return new(
            [.. revoked.Select(token => token.Id)],
            [.. lost.Where(name => !IsSuspended(name))],
            [.. lost.Where(IsSuspended)],
            [.. kept.Where(pair => pair.Before.Certificates.Except(pair.After.Certificates, StringComparer.Ordinal).Any()).Select(pair => pair.After.Name)],
            [.. kept.Where(pair => HasOtherRules(pair.Before, pair.After)).Select(pair => pair.After.Name)]);

        // What is stored has a version.
        bool IsSuspended(string name) => isFileBroken && before.Accounts.GetValueOrDefault(name) is { Version: 0 };
    }

    private static bool HasCertificate(AccountBook book, TokenOwner owner) =>
        !owner.IsDevice && book.Accounts.GetValueOrDefault(owner.Name) is { Certificates.Length: > 0 };

    private static bool HasOtherRules(MqttAccount before, MqttAccount after) =>
        before.Kind != after.Kind || !before.Subscribe.SequenceEqual(after.Subscribe, StringComparer.Ordinal) || !before.Publish.SequenceEqual(after.Publish, StringComparer.Ordinal);
}
