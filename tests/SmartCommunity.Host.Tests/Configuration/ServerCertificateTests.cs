using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Mqtt.Server.Transports;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Host.Tests.Configuration;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public ServerCertificateTests()
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Reads_certificate_and_key_from_two_pem_files() =>
        ShouldBeUsable(new() { Path = Write("server.crt", _certificate.ExportCertificatePem()), KeyPath = Write("server.key", _key.ExportPkcs8PrivateKeyPem()) });

    [Fact]
    public void Reads_both_from_one_pem_file() =>
        ShouldBeUsable(new() { Path = Write("server.pem", _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem()) });

    [Fact]
    public void Reads_an_encrypted_key()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
        ShouldBeUsable(new()
        {
            Path = Write("server.crt", _certificate.ExportCertificatePem()),
            KeyPath = Write("server.key", _key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters)),
            Password = "secret",
        });
    }

    [Fact]
    public void Reads_a_pfx_file()
    {
        File.WriteAllBytes(_folder["server.pfx"], _certificate.Export(X509ContentType.Pfx, "secret"));
        ShouldBeUsable(new() { Path = _folder["server.pfx"], Password = "secret" });
    }

    [Fact]
    public void Without_a_path_says_what_to_set() =>
        Should.Throw<StartException>(() => ServerCertificate.Load(new())).Message.ShouldContain("SmartCommunity:Certificate:Path");

    [Fact]
    public void Names_a_file_that_is_missing_broken_or_locked()
    {
        File.WriteAllBytes(_folder["locked.pfx"], _certificate.Export(X509ContentType.Pfx, "secret"));
        CertificateSettings[] wrong =
        [
            new() { Path = _folder["missing.pem"] },
            new() { Path = Write("nonsense.pem", "nonsense") },
            new() { Path = Write("nonsense.pfx", "nonsense") },
            new() { Path = Write("no-key.pem", _certificate.ExportCertificatePem()) },
            new() { Path = _folder["locked.pfx"], Password = "wrong" },
        ];
        foreach (var settings in wrong)
        {
            Should.Throw<StartException>(() => ServerCertificate.Load(settings), settings.Path).Message.ShouldContain(settings.Path!);
        }
    }

    [Fact]
    public void Client_certificates_need_authorities()
    {
        var path = Write("server.pem", _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem());
        Should.Throw<StartException>(() => ServerCertificate.Load(new() { Path = path, Clients = ClientCertificateUse.Optional })).Message.ShouldContain("authorities");
        using var loaded = ServerCertificate.Load(new() { Path = path, Clients = ClientCertificateUse.Required, ClientAuthorities = path });
        loaded.Server.Thumbprint.ShouldBe(_certificate.Thumbprint);
    }

    private void ShouldBeUsable(CertificateSettings settings)
    {
        using var loaded = ServerCertificate.Load(settings);
        loaded.Server.HasPrivateKey.ShouldBeTrue();
        loaded.Server.Thumbprint.ShouldBe(_certificate.Thumbprint);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }
}
