using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.Host.Configuration;

/// <summary>Loads the certificate of the TLS listener.</summary>
internal static class ServerCertificate
{
    /// <exception cref="StartException">There is none, or it can not be used.</exception>
    public static X509Certificate2 Load(CertificateSettings settings)
    {
        if (settings.Path is not { Length: > 0 } path)
        {
            throw new StartException("--mqtts needs a certificate; set SmartCommunity:Certificate:Path to a PEM or PFX file");
        }

        try
        {
            if (Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12")
            {
                return X509CertificateLoader.LoadPkcs12FromFile(path, settings.Password);
            }

            using var pem = settings.Password is { Length: > 0 } password
                ? X509Certificate2.CreateFromEncryptedPemFile(path, password, settings.KeyPath)
                : X509Certificate2.CreateFromPemFile(path, settings.KeyPath);

            // A key that was read from PEM is ephemeral; SslStream wants one that went through PKCS#12.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the certificate {path} can not be used: {exception.Message}", exception);
        }
    }
}
