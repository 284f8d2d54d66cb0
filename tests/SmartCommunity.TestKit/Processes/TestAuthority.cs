using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.TestKit.Processes;

/// <summary>A certificate authority that lives as long as a test, with everything it makes as PEM files in one folder.</summary>
public sealed class TestAuthority : IDisposable
{
    // Fixed when the authority is made: what it issues later must not outlive it.
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly DateTimeOffset _end = TimeProvider.System.GetUtcNow().AddDays(1);
    private readonly string _folder;
    private readonly X509Certificate2 _certificate;
    private int _serial;

    /// <summary>Makes an authority.</summary>
    /// <param name="folder">Where its files go; exists.</param>
    /// <param name="name">Its name, and that of its file.</param>
    public TestAuthority(string folder, string name = "ca")
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        _certificate = request.CreateSelfSigned(_start, _end);
        File = Path.Combine(folder, $"{name}.crt");
        System.IO.File.WriteAllText(File, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <summary>Issues a certificate.</summary>
    /// <param name="name">The common name, and the name of its files.</param>
    /// <param name="dnsNames">The host names that it is for.</param>
    /// <param name="addresses">The addresses that it is for.</param>
    /// <returns>The PEM files of the certificate and of its key.</returns>
    public (string Certificate, string Key) Issue(string name, string[]? dnsNames = null, IPAddress[]? addresses = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (dnsNames is not null || addresses is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var dnsName in dnsNames ?? []) names.AddDnsName(dnsName);
            foreach (var address in addresses ?? []) names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_certificate, _start.AddMinutes(1), _end.AddMinutes(-1), BitConverter.GetBytes(++_serial));
        var (certificateFile, keyFile) = (Path.Combine(_folder, $"{name}.crt"), Path.Combine(_folder, $"{name}.key"));
        System.IO.File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
