using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>What became of a sign-in.</summary>
/// <param name="Identity">Who it is; null when it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Token">The token that let it in; null for a certificate alone.</param>
/// <param name="KnownName">The device or account, when there is one of the name; names that are nobody's may be passwords in the wrong field.</param>
internal readonly record struct SignInVerdict(ClientIdentity? Identity, SignInRefusal Refusal, MqttToken? Token, string KnownName)
{
    public static SignInVerdict Refused(SignInRefusal refusal, string knownName = "") => new(null, refusal, null, knownName);
}
