namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// What names a session: the client identifier within one account. Two accounts with the same client identifier have two sessions, so nobody
/// takes over a stranger's.
/// </summary>
internal readonly record struct SessionKey(string Name, string ClientId)
{
    public static SessionKey Of(ClientIdentity identity) => new(identity.Name, identity.ClientId);
}
