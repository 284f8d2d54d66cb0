using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Host.Configuration;

/// <summary>Loads the certificates of the TLS listener.</summary>
internal static class ServerCertificate
{
    /// <exception cref="StartException">There is none, or it can not be used.</exception>
    public static TlsCertificates Load(CertificateSettings settings)
    {
        if (settings.Path is not { Length: > 0 } path)
        {
            throw new StartException("--mqtts needs a certificate; set SmartCommunity:Certificate:Path to a PEM or PFX file");
        }

        try
        {
            return TlsCertificates.Load(new()
            {
                CertificatePath = path,
                KeyPath = settings.KeyPath,
                Password = settings.Password,
                ClientCertificates = settings.Clients,
                ClientAuthoritiesPath = settings.ClientAuthorities,
                Revocation = settings.ClientRevocation,
            });
        }
        catch (CertificateException exception)
        {
            throw new StartException(exception.Message, exception);
        }
    }
}
