using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>Lets devices of the directory and accounts connect: by token, compared by hash in constant time, or by client certificate.</summary>
internal sealed class DirectoryAuthenticator(
    AccountDirectory accounts, CommunityDirectory directory, TokenUses uses, RefusalLog refusals, HostSettings settings, TimeProvider time) : IClientAuthenticator
{
    // A wrong token makes the credentials be read anew, because it may be a fresh one of another process; at most once a second, so that guessing costs the
    // guesser only.
    private static readonly TimeSpan ReloadPeriod = TimeSpan.FromSeconds(1);

    private readonly SignInJudge _judge = new(name => IsDevice(directory, name), settings.CertificateNeedsToken);

    public async ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken)
    {
        var verdict = _judge.Judge(await accounts.ReadAsync(cancellationToken), credentials, time.GetUtcNow());
        if (verdict.Refusal is SignInRefusal.WrongToken or SignInRefusal.UnknownAccount && accounts.Age >= ReloadPeriod)
        {
            verdict = _judge.Judge(await accounts.ReloadAsync(cancellationToken), credentials, time.GetUtcNow());
        }

        if (verdict.Identity is null)
        {
            refusals.Write(credentials.RemoteAddress, verdict);
        }
        else if (verdict.Token is { } token)
        {
            uses.Note(token, time.GetUtcNow());
        }

        return verdict.Identity;
    }

    public bool IsStillGood(ClientIdentity identity)
    {
        var book = accounts.Current;
        if (identity.Kind == ClientKind.Device ? !IsDevice(directory, identity.Name) : book.Accounts.GetValueOrDefault(identity.Name) is not { Enabled: true })
        {
            return false;
        }

        var owner = new TokenOwner(identity.Name, identity.Kind == ClientKind.Device);
        return identity.Credential is not { } credential
            || credential.StartsWith("certificate-", StringComparison.Ordinal)
            || (book.Tokens.TryGetValue(credential, out var token) && token.Owner == owner && !(token.ExpiresAt <= time.GetUtcNow()));
    }

    private static bool IsDevice(CommunityDirectory directory, string name) =>
        Identifier.TryParse<DeviceId>(name, out var device) && directory.TryFindDevice(device, out _);
}
