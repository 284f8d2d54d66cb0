using SmartCommunity.Api.Devices;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Edge;

/// <summary>A replaced token ends at once: the next client is checked anew, and connections that the old one opened are closed.</summary>
internal sealed class CredentialRevoker(DirectoryAuthenticator authenticator, MqttEndpoint endpoint) : ICredentialObserver
{
    public async ValueTask CredentialsChangedAsync(IReadOnlyList<MqttCredential> credentials, CancellationToken cancellationToken)
    {
        authenticator.Forget();
        foreach (var credential in credentials)
        {
            await endpoint.DisconnectAccountAsync(credential.UserName, cancellationToken);
        }
    }
}
