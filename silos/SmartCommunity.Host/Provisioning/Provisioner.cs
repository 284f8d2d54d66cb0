using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Provisioning;

/// <summary>Puts a community file into a store that does not know it, and makes the sign-ins that are missing. There are no default passwords.</summary>
internal sealed class Provisioner(IDirectoryStore store, IAccountStore accounts, CommunityDirectory directory, TimeProvider time)
{
    /// <summary>Stores a community file when its community is not stored yet.</summary>
    /// <exception cref="StartException">The file is wrong; the message holds every problem.</exception>
    public async Task AddCommunityAsync(string name, string file, CancellationToken cancellationToken)
    {
        var result = CommunityFile.Parse(file);
        if (result.Community is not { } community)
        {
            var problems = result.Problems.Select(problem => $"  {problem.Path}: {problem.Message} {problem.Hint}");
            throw new StartException($"the community file {name} has {result.Problems.Count} problems:\n{string.Join('\n', problems)}");
        }

        if (directory.Find(community.Id) is null)
        {
            await store.WriteCommunityAsync(community.Id, file, expectedVersion: 0, time.GetUtcNow(), "system", cancellationToken);
            await directory.LoadAsync(cancellationToken);
        }
    }

    /// <summary>Makes a password for everyone who has none, and a token for every device that has none.</summary>
    /// <param name="known">Sign-ins that are known and still hold; they are kept.</param>
    /// <param name="renewUnknown">Whether a sign-in that is stored but not known is replaced: a demo must be able to print all of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The known sign-ins that hold and the new ones.</returns>
    public async Task<SignIns> ProvisionAsync(SignIns known, bool renewUnknown, CancellationToken cancellationToken)
    {
        var passwords = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in directory.Communities.SelectMany(community => community.People.Keys).Distinct())
        {
            var stored = await store.FindPasswordHashAsync(person, cancellationToken);
            if (stored is not null && known.Passwords.TryGetValue(person.Value, out var password) && PasswordHashes.Verify(stored, password))
            {
                passwords[person.Value] = password;
            }
            else if (stored is null || renewUnknown)
            {
                passwords[person.Value] = Secrets.NewPassword();
                await store.SetPasswordHashAsync(person, PasswordHashes.Hash(passwords[person.Value]), cancellationToken);
            }
        }

        return new(passwords, await ProvisionTokensAsync(known, renewUnknown, cancellationToken));
    }

    private async Task<Dictionary<string, string>> ProvisionTokensAsync(SignIns known, bool renewUnknown, CancellationToken cancellationToken)
    {
        var stored = await accounts.ReadAsync(cancellationToken);
        var isFirst = stored.Accounts.IsEmpty && stored.Tokens.IsEmpty;
        if (isFirst || renewUnknown)
        {
            await AddDisplayAsync(cancellationToken);
        }

        // An account of the display that somebody deleted in service stays away.
        var hasDisplay = await accounts.FindAccountAsync(SignIns.Display, cancellationToken) is not null;
        var owners = directory.Communities.SelectMany(community => community.Devices.Keys).Select(device => new TokenOwner(device.Value, IsDevice: true))
            .Concat(hasDisplay ? [new TokenOwner(SignIns.Display, IsDevice: false)] : []);
        var byOwner = stored.Tokens.ToLookup(token => token.Owner);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        var fresh = new List<MqttToken>();
        foreach (var owner in owners)
        {
            var isKnown = known.Tokens.TryGetValue(owner.Name, out var token);
            if (isKnown && byOwner[owner].Any(other => Secrets.HashToken(token!).AsSpan().SequenceEqual(other.Hash.Span)))
            {
                tokens[owner.Name] = token!;
            }
            else if (renewUnknown || (!byOwner[owner].Any() && (isFirst || !isKnown)))
            {
                // What was handed out and is not stored any more was revoked: in service nobody gets another for it but from an administrator.
                tokens[owner.Name] = Secrets.NewToken();
                fresh.Add(new(Secrets.NewTokenId(), owner, Secrets.HashToken(tokens[owner.Name]), time.GetUtcNow()));
            }
        }

        if (fresh.Count > 0)
        {
            await accounts.AddTokensAsync(fresh, TokenRotation.AtOnce, time.GetUtcNow(), cancellationToken);
        }

        return tokens;
    }

    private async Task AddDisplayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await accounts.WriteAccountAsync(
            new(SignIns.Display, AccountKind.Subscriber, Enabled: true, [], [MqttAccount.OpenIncidents], [], Version: 0, now, now), expectedVersion: 0, cancellationToken);
    }
}
