using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Provisioning;

/// <summary>Puts a community file into a store that does not know it, and makes the sign-ins that are missing. There are no default passwords.</summary>
internal sealed class Provisioner(IDirectoryStore store, CommunityDirectory directory, TimeProvider time)
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
        var stored = (await store.ReadCredentialsAsync(cancellationToken)).ToDictionary(credential => credential.UserName, StringComparer.Ordinal);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        var fresh = new List<MqttCredential>();
        var devices = directory.Communities.SelectMany(community => community.Devices.Keys).Select(device => (Name: device.Value, IsDevice: true));
        foreach (var (name, isDevice) in devices.Append((SignIns.Display, false)))
        {
            if (stored.TryGetValue(name, out var credential) && known.Tokens.TryGetValue(name, out var token)
                && Secrets.HashToken(token).AsSpan().SequenceEqual(credential.TokenHash.Span))
            {
                tokens[name] = token;
            }
            else if (credential is null || renewUnknown)
            {
                tokens[name] = Secrets.NewToken();
                fresh.Add(new(name, isDevice, Secrets.HashToken(tokens[name])));
            }
        }

        if (fresh.Count > 0)
        {
            await store.SetCredentialsAsync(fresh, cancellationToken);
        }

        return tokens;
    }
}
