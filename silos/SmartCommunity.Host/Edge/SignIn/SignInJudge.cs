using System.Security.Cryptography;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>Decides on one sign-in. Pure: what is known comes as arguments.</summary>
/// <param name="isDevice">Whether there is a device of this id.</param>
/// <param name="certificateNeedsToken">Whether a client certificate lets nobody in without a token.</param>
internal sealed class SignInJudge(Func<string, bool> isDevice, bool certificateNeedsToken)
{
    public SignInVerdict Judge(AccountBook book, in ClientCredentials credentials, DateTimeOffset now)
    {
        var certificate = credentials.Certificate is { } shown ? CertificateIdentities.Of(shown) : [];
        var name = credentials.UserName is { Length: > 0 } said ? said : NameIn(book, certificate);
        if (name is null)
        {
            return SignInVerdict.Refused(credentials.Certificate is null ? SignInRefusal.NoName : SignInRefusal.CertificateNamesNobody);
        }

        // A device counts before an account of the same name. Looked up and compared whether or not there is anybody of the name: the time must not tell.
        var claim = new Claim(name, isDevice(name), book.Accounts.GetValueOrDefault(name));
        var token = book.FindToken(claim.Owner, SHA256.HashData(credentials.Password.Span));
        if (claim is { IsDevice: false, Account: null })
        {
            return SignInVerdict.Refused(SignInRefusal.UnknownAccount);
        }

        var refusal = Check(claim, certificate, credentials, token, now, out var credential);
        return refusal == SignInRefusal.None
            ? new(IdentityOf(claim, credentials.ClientId) with { Credential = credential }, refusal, credential == token?.Id ? token : null, name)
            : SignInVerdict.Refused(refusal, name);
    }

    private SignInRefusal Check(
        in Claim claim, HashSet<string> certificate, in ClientCredentials credentials, MqttToken? token, DateTimeOffset now, out string? credential)
    {
        credential = null;
        if (claim is { IsDevice: false, Account.Enabled: false })
        {
            return SignInRefusal.Disabled;
        }

        var isNamed = claim.IsDevice ? certificate.Contains(claim.Name) : claim.Account!.Certificates.Any(certificate.Contains);
        if (credentials.Certificate is not null && !isNamed && MustBeNamed(claim, certificate))
        {
            return SignInRefusal.CertificateOfAnother;
        }

        if (claim.UsesClientId && credentials.ClientId.Length > 0 && !TopicPattern.IsSafe(credentials.ClientId))
        {
            return SignInRefusal.ClientIdNotAllowed;
        }

        if (isNamed && !credentials.HasPassword && credentials.Password.IsEmpty)
        {
            credential = $"certificate-{credentials.Certificate!.Thumbprint}";
            return certificateNeedsToken ? SignInRefusal.NoToken : SignInRefusal.None;
        }

        credential = token?.Id;
        return token is null ? SignInRefusal.WrongToken : token.ExpiresAt <= now ? SignInRefusal.ExpiredToken : SignInRefusal.None;
    }

    // A certificate that names a device is good for that device only. One that names none proves nothing about an account that asks for none.
    private bool MustBeNamed(in Claim claim, HashSet<string> certificate) =>
        claim.IsDevice || claim.Account!.Certificates.Length > 0 || certificate.Any(isDevice);

    private string? NameIn(AccountBook book, HashSet<string> certificate)
    {
        var named = certificate.Where(isDevice).Concat(book.FindByCertificate(certificate)).Distinct(StringComparer.Ordinal).ToList();
        return named.Count == 1 ? named[0] : null;
    }

    // Whoever sends no client id gets one of its own from the endpoint, each time another [MQTT-3.1.3-6].
    private static ClientIdentity IdentityOf(in Claim claim, string clientId) =>
        new(claim.Name, claim.IsDevice ? ClientKind.Device : KindOf(claim.Account!.Kind), clientId);

    private static ClientKind KindOf(AccountKind kind) => kind switch
    {
        AccountKind.Gateway => ClientKind.Gateway,
        AccountKind.Integration => ClientKind.Integration,
        _ => ClientKind.Subscriber,
    };

    private readonly record struct Claim(string Name, bool IsDevice, MqttAccount? Account)
    {
        public TokenOwner Owner => new(Name, IsDevice);

        public bool UsesClientId => !IsDevice && Account!.Publish.Concat(Account.Subscribe).Any(TopicPattern.UsesClientId);
    }
}
