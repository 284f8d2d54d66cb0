using System.Collections.Frozen;
using System.Security.Cryptography;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Host.Edge;

/// <summary>Lets devices and subscriber accounts of the directory connect: user name and token, compared by hash in constant time.</summary>
internal sealed class DirectoryAuthenticator(IDirectoryStore store, CommunityDirectory directory, TimeProvider time) : IClientAuthenticator, IDisposable
{
    // A wrong token makes the credentials be read anew, because it may be a fresh one; at most once a second, so that guessing costs the guesser only.
    private static readonly TimeSpan ReloadPeriod = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile FrozenDictionary<string, MqttCredential>? _credentials;
    private long _loadedAt;
    private int _changes;

    public async ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.UserName is not { Length: > 0 } name)
        {
            return null;
        }

        var hash = SHA256.HashData(credentials.Password.Span);
        var known = _credentials ?? await LoadAsync(cancellationToken);
        if (!Matches(known, name, hash) && (time.GetElapsedTime(_loadedAt) < ReloadPeriod || !Matches(known = await LoadAsync(cancellationToken), name, hash)))
        {
            return null;
        }

        var isDevice = known[name].IsDevice;
        if (isDevice && !(Identifier.TryParse<DeviceId>(name, out var device) && directory.TryFindDevice(device, out _)))
        {
            return null;
        }

        var clientId = credentials.ClientId.Length > 0 ? credentials.ClientId : name;
        return new(name, isDevice ? ClientKind.Device : ClientKind.Subscriber, clientId);
    }

    /// <summary>Credentials changed in the store: the next client is checked against what stands there now.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changes);
        _credentials = null;
    }

    public void Dispose() => _loading.Dispose();

    private static bool Matches(FrozenDictionary<string, MqttCredential> known, string name, byte[] hash) =>
        known.TryGetValue(name, out var credential) && CryptographicOperations.FixedTimeEquals(credential.TokenHash.Span, hash);

    private async Task<FrozenDictionary<string, MqttCredential>> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var changes = Volatile.Read(ref _changes);
                var credentials = (await store.ReadCredentialsAsync(cancellationToken)).ToFrozenDictionary(credential => credential.UserName, StringComparer.Ordinal);
                _loadedAt = time.GetTimestamp();
                _credentials = credentials;

                // What changed while it was read may be missing in it.
                if (changes == Volatile.Read(ref _changes))
                {
                    return credentials;
                }
            }
        }
        finally
        {
            _loading.Release();
        }
    }
}
