using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Api.Devices;

/// <summary>Makes device tokens: 192 random bits, shown once and kept as a hash.</summary>
public sealed class DeviceTokens(IDirectoryStore store, IEnumerable<ICredentialObserver> observers)
{
    private const int TokenBytes = 24;

    /// <summary>Gives each device a fresh token; the one before is no longer good. They are on disk when this returns.</summary>
    public async Task<IReadOnlyList<DeviceToken>> IssueAsync(IReadOnlyList<DeviceId> devices, CancellationToken cancellationToken)
    {
        var tokens = devices.Select(device => new DeviceToken(device.Value, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)))).ToList();
        var credentials = tokens.ConvertAll(token => new MqttCredential(token.Device, IsDevice: true, SHA256.HashData(Encoding.UTF8.GetBytes(token.Token))));
        await store.SetCredentialsAsync(credentials, cancellationToken);
        foreach (var observer in observers)
        {
            await observer.CredentialsChangedAsync(credentials, cancellationToken);
        }

        return tokens;
    }
}

/// <summary>A device's new token.</summary>
/// <param name="Device">The device; its MQTT user name.</param>
/// <param name="Token">Its MQTT password; it can not be read again.</param>
public sealed record DeviceToken(string Device, string Token);

/// <summary>Whoever keeps MQTT credentials in memory implements this and registers it, so that a new token is good at once and an old one is not.</summary>
public interface ICredentialObserver
{
    /// <summary>These credentials were added or replaced, and are on disk.</summary>
    ValueTask CredentialsChangedAsync(IReadOnlyList<MqttCredential> credentials, CancellationToken cancellationToken);
}
