using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Ports;

/// <summary>Decides who may connect. The host implements it on its directory of devices and accounts.</summary>
public interface IClientAuthenticator
{
    /// <summary>Checks the credentials of a CONNECT. Null means refused (reason code 0x86, return code 4).</summary>
    ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken);
}

/// <summary>What a CONNECT presented.</summary>
/// <param name="ClientId">The client identifier as sent; may be empty.</param>
/// <param name="UserName">The user name, or null when absent.</param>
/// <param name="Password">The password bytes; valid only during the call.</param>
/// <param name="RemoteAddress">Where it comes from, for logs.</param>
public readonly record struct ClientCredentials(string ClientId, string? UserName, ReadOnlyMemory<byte> Password, string RemoteAddress);
