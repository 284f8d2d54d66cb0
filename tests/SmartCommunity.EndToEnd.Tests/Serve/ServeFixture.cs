using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Serve;

/// <summary><c>serve</c> with a community file and a self-made certificate, started a second time on the same folder.</summary>
public sealed class ServeFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Certificate => _folder["server.crt"];

    public string Data => _folder["data"];

    public string SignInFile => Path.Combine(Data, "first-sign-in.json");

    /// <summary>What the first start printed.</summary>
    public string FirstOutput { get; private set; } = "";

    /// <summary>What the first start wrote into the sign-in file.</summary>
    public string FirstSignIns { get; private set; } = "";

    /// <summary>The second start, which runs.</summary>
    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        WriteCertificate();
        var community = Path.Combine(AppContext.BaseDirectory, "communities", "yunqi.yaml");
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["SMARTCOMMUNITY__COMMUNITY"] = community,
            ["SMARTCOMMUNITY__CERTIFICATE__PATH"] = Certificate,
            ["SMARTCOMMUNITY__CERTIFICATE__KEYPATH"] = _folder["server.key"],
        };
        await using (var first = await HostProcess.StartServeAsync(Data, environment))
        {
            FirstOutput = first.Output;
            FirstSignIns = await File.ReadAllTextAsync(SignInFile);
            (await first.StopAsync(Eventually.Patience)).ShouldBe(0);
        }

        Host = await HostProcess.StartServeAsync(Data, environment, "--mqtts", "127.0.0.1:0");
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(_folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }
}
