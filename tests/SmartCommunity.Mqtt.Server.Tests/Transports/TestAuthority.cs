using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.Mqtt.Server.Tests.Transports;

/// <summary>A certificate authority of a test, and the folder that its files are in.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mqtt-tls-");
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "CN=Test authority")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        AuthorityPath = Write("authority.pem", _root.ExportCertificatePem());
    }

    /// <summary>The file with the authority's certificate.</summary>
    public string AuthorityPath { get; }

    public string CertificatePath => PathOf("server.pem");

    public string PathOf(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Writes a new server certificate and its key into one file.</summary>
    /// <returns>Its thumbprint.</returns>
    public string WriteServer(string name = "CN=localhost", DateTimeOffset? until = null)
    {
        using var certificate = Issue(name, Server, until: until);
        Write("server.pem", certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }

    public X509Certificate2 IssueClient(string name, string? dns = null, string? uri = null, string purpose = Client, DateTimeOffset? until = null)
    {
        using var made = Issue(name, purpose, dns, uri, until);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A certificate for servers in a client's hand.</summary>
    public X509Certificate2 IssueForWrongPurpose(string name) => IssueClient(name, purpose: Server);

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string name, string purpose, string? dns = null, string? uri = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        if (dns is not null) names.AddDnsName(dns);
        if (uri is not null) names.AddUri(new Uri(uri));
        if (dns is not null || uri is not null) request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-1.5), until ?? DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
