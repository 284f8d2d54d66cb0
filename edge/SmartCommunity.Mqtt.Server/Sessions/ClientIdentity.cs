namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>Who a connection belongs to, after sign-in.</summary>
/// <param name="Name">The device id or account name that the credentials proved.</param>
/// <param name="Kind">What sort of client it is.</param>
/// <param name="ClientId">The MQTT client identifier of the session.</param>
public sealed record ClientIdentity(string Name, ClientKind Kind, string ClientId)
{
    /// <summary>
    /// What it signed in with: the id of a token or of a certificate, never the secret itself; null when the authenticator does not say. A revocation closes
    /// the connections that have it, and no others.
    /// </summary>
    public string? Credential { get; init; }
}

/// <summary>The sorts of clients that sign in.</summary>
public enum ClientKind : byte
{
    /// <summary>A device of a community; publishes under its own topics.</summary>
    Device = 0,

    /// <summary>Other software: sirens, displays, integrations; reads what its account allows.</summary>
    Subscriber = 1,

    /// <summary>A gateway of a site: publishes for many devices, as the topic says which, where its account allows it.</summary>
    Gateway = 2,

    /// <summary>Other software that reads and publishes what its account allows, for devices too.</summary>
    Integration = 3,
}
