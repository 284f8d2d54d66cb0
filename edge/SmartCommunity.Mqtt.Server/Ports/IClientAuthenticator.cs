using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Ports;

/// <summary>Decides who may connect. The host implements it on its directory of devices and accounts.</summary>
public interface IClientAuthenticator
{
    /// <summary>Checks the credentials of a CONNECT. Null means refused (reason code 0x86, return code 4).</summary>
    ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken);

    /// <summary>
    /// Whether what <see cref="AuthenticateAsync"/> answered still holds. Asked once more when the connection can be found by a revocation: one that came
    /// between the two would have missed it. Must not block.
    /// </summary>
    bool IsStillGood(ClientIdentity identity) => true;
}

/// <summary>What a CONNECT presented.</summary>
/// <param name="ClientId">The client identifier as sent; may be empty.</param>
/// <param name="UserName">The user name, or null when absent.</param>
/// <param name="Password">The password bytes; valid only during the call.</param>
/// <param name="RemoteAddress">Where it comes from, for logs.</param>
public readonly record struct ClientCredentials(string ClientId, string? UserName, ReadOnlyMemory<byte> Password, string RemoteAddress)
{
    /// <summary>Whether a password was sent at all; an empty one is one.</summary>
    public bool HasPassword { get; init; }

    /// <summary>
    /// The names of the client certificate, or null when the client showed none. Whoever stands here proved it: the TLS handshake has checked the
    /// chain, the validity, the purpose and the possession of the key.
    /// </summary>
    public CertificateNames? Certificate { get; init; }
}
