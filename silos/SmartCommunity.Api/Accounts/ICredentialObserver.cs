namespace SmartCommunity.Api.Accounts;

/// <summary>Whoever keeps MQTT credentials in memory implements this and registers it, so that a new token is good at once and an old one is not.</summary>
public interface ICredentialObserver
{
    /// <summary>Accounts or tokens changed, and are on disk. Returns when connections that may not be any more have been closed.</summary>
    ValueTask CredentialsChangedAsync(CancellationToken cancellationToken);
}
