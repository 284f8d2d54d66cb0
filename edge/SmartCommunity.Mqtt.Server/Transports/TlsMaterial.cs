using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>Certificates that were read and fit together, ready for handshakes; immutable, swapped whole.</summary>
internal sealed class TlsMaterial
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private TlsMaterial(X509Certificate2 server, SslServerAuthenticationOptions handshake)
    {
        Server = server;
        Handshake = handshake;
    }

    public X509Certificate2 Server { get; }

    public SslServerAuthenticationOptions Handshake { get; }

    /// <exception cref="CertificateException">They can not be used; the message names the file.</exception>
    public static TlsMaterial Create(TlsFiles files, TlsOptions options)
    {
        var (server, chain) = Guard(options.CertificatePath, () => ReadServer(files, options));
        var authorities = options.ClientCertificates == ClientCertificateUse.None ? null : Guard(options.ClientAuthoritiesPath ?? "", () => ReadAuthorities(files, options));
        return new TlsMaterial(server, Handshakes(server, chain, authorities, options));
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"the certificate {path} can not be used: {exception.Message}", exception);
        }
    }

    private static (X509Certificate2 Server, X509Certificate2Collection Chain) ReadServer(TlsFiles files, TlsOptions options)
    {
        X509Certificate2? server = null;
        var all = new X509Certificate2Collection();
        if (Path.GetExtension(options.CertificatePath).ToLowerInvariant() is ".pfx" or ".p12")
        {
            all = X509CertificateLoader.LoadPkcs12Collection(files.Certificate, options.Password);
            server = all.FirstOrDefault(certificate => certificate.HasPrivateKey);
            if (server is not null) all.Remove(server);
        }
        else
        {
            var text = Encoding.UTF8.GetString(files.Certificate);
            var key = files.Key is { } other ? Encoding.UTF8.GetString(other) : text;
            using var pem = options.Password is { Length: > 0 } password
                ? X509Certificate2.CreateFromEncryptedPem(text, key, password)
                : X509Certificate2.CreateFromPem(text, key);
            // A key that was read from PEM is ephemeral; SslStream wants one that went through PKCS#12.
            server = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            all.ImportFromPem(text);
            if (all.Count > 0) all.RemoveAt(0);
        }

        return server is null ? throw new CryptographicException("it holds no private key.") : (server, all);
    }

    private static X509Certificate2Collection ReadAuthorities(TlsFiles files, TlsOptions options)
    {
        if (files.Authorities is not { } content)
            throw new CertificateException($"client certificates are {options.ClientCertificates} but no file of authorities is named to check them against");
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.UTF8.GetString(content));
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate.");
    }

    private static SslServerAuthenticationOptions Handshakes(
        X509Certificate2 server, X509Certificate2Collection chain, X509Certificate2Collection? authorities, TlsOptions options)
    {
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(server, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // A client may name a protocol (ALPN) or none: there is only one here.
            ApplicationProtocols = [],
            ClientCertificateRequired = authorities is not null,
            // A resumed session would not ask again whether the client's certificate still holds.
            AllowTlsResume = authorities is null,
        };
        if (authorities is null) return handshake;
        handshake.CertificateChainPolicy = Policy(authorities, options);
        var required = options.ClientCertificates == ClientCertificateUse.Required;
        handshake.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null ? !required : errors == SslPolicyErrors.None;
        return handshake;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities, TlsOptions options)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = options.Revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            DisableCertificateDownloads = options.Revocation != X509RevocationMode.Online,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        foreach (var authority in authorities)
        {
            // Only what signed itself can end a chain; the others are steps on the way.
            var isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        }

        return policy;
    }
}
