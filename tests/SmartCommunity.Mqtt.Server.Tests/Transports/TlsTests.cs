using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Mqtt.Server.Tests.Transports;

public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SpeaksTls12And13(SslProtocols protocol)
    {
        _authority.WriteServer();
        await using var endpoint = await StartAsync(ClientCertificateUse.None);
        await using var client = RawPeer.Over(await HandshakeAsync(endpoint, protocols: protocol), MqttVersion.V500);
        (await client.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.Success);
        await client.PingAsync();
        var info = endpoint.Mqtt.Connections.Single();
        (info.Transport, info.CertificateSubject).ShouldBe((TransportKind.Tls, null));
    }

    [Fact]
    public async Task ReachesTheAuthenticatorWithTheNamesOfAVerifiedCertificate()
    {
        _authority.WriteServer();
        await using var endpoint = await StartAsync(ClientCertificateUse.Optional);
        using var certificate = _authority.IssueClient("CN=camera-1, O=Yunqi", dns: "camera-1.example", uri: "urn:device:camera-1");
        await using var client = RawPeer.Over(await HandshakeAsync(endpoint, certificate), MqttVersion.V500);
        (await client.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.Success);
        var seen = endpoint.SignIns.Last();
        seen.HasPassword.ShouldBeFalse();
        var names = seen.Certificate.ShouldNotBeNull();
        (names.CommonName, names.DnsNames.Single(), names.Uris.Single()).ShouldBe(("camera-1", "camera-1.example", "urn:device:camera-1"));
        endpoint.Mqtt.Connections.Single().CertificateSubject.ShouldBe(certificate.Subject);

        await using var without = RawPeer.Over(await HandshakeAsync(endpoint), MqttVersion.V500);
        (await without.ConnectAsync("d")).Reason.ShouldBe(ReasonCode.Success);
        endpoint.SignIns.Last().Certificate.ShouldBeNull();
    }

    [Fact]
    public async Task ACertificateThatDoesNotHoldEndsTheHandshake()
    {
        _authority.WriteServer();
        using var stranger = new TestAuthority("CN=Somebody else");
        await using var endpoint = await StartAsync(ClientCertificateUse.Optional);
        using var foreign = stranger.IssueClient("CN=camera-1");
        await ShouldFailAsync(endpoint, foreign);
        using var expired = _authority.IssueClient("CN=camera-1", until: DateTimeOffset.UtcNow.AddDays(-1));
        await ShouldFailAsync(endpoint, expired);
        using var wrongPurpose = _authority.IssueForWrongPurpose("CN=camera-1");
        await ShouldFailAsync(endpoint, wrongPurpose);
        endpoint.SignIns.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARequiredCertificateMustBeShown()
    {
        _authority.WriteServer();
        await using var endpoint = await StartAsync(ClientCertificateUse.Required);
        await ShouldFailAsync(endpoint, certificate: null);
        using var certificate = _authority.IssueClient("CN=camera-1");
        await using var client = RawPeer.Over(await HandshakeAsync(endpoint, certificate), MqttVersion.V500);
        (await client.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.Success);
    }

    [Fact]
    public async Task ANewCertificateServesTheNextConnectionAndABrokenFileChangesNothing()
    {
        var first = _authority.WriteServer();
        await using var endpoint = await StartAsync(ClientCertificateUse.None);
        await using var standing = RawPeer.Over(await HandshakeAsync(endpoint), MqttVersion.V311);
        await standing.ConnectAsync("standing");

        var second = _authority.WriteServer("CN=renewed");
        (await ThumbprintAsync(endpoint)).ShouldBe(first, "nobody has looked yet");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(10));
        (await ThumbprintAsync(endpoint)).ShouldBe(second);
        await standing.PingAsync();

        foreach (var broken in new[] { "", "nonsense", File.ReadAllText(_authority.CertificatePath)[..400] })
        {
            _authority.Write("server.pem", broken);
            endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
            (await ThumbprintAsync(endpoint)).ShouldBe(second);
        }

        File.Delete(_authority.CertificatePath);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
        _authority.WriteServer("CN=expired", until: DateTimeOffset.UtcNow.AddDays(-1));
        endpoint.Clock.Advance(endpoint.Clock.GetUtcNow() < DateTimeOffset.UtcNow ? DateTimeOffset.UtcNow - endpoint.Clock.GetUtcNow() : TimeSpan.FromSeconds(30));
        (await ThumbprintAsync(endpoint)).ShouldBe(second);
        endpoint.Log.Lines.Count(l => l.Event == 2051).ShouldBeInRange(3, 5, "a line for each fault, not for each look");

        var third = _authority.WriteServer("CN=mended");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(10));
        (await ThumbprintAsync(endpoint)).ShouldBe(third);
        endpoint.Log.Lines.Count(l => l.Event == 2050).ShouldBe(2);
    }

    [Fact]
    public async Task NewAuthoritiesCountForTheNextConnection()
    {
        _authority.WriteServer();
        using var other = new TestAuthority("CN=The new one");
        using var certificate = other.IssueClient("CN=camera-1");
        await using var endpoint = await StartAsync(ClientCertificateUse.Required);
        await ShouldFailAsync(endpoint, certificate);
        File.AppendAllText(_authority.AuthorityPath, "\n" + File.ReadAllText(other.AuthorityPath));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(10));
        await using var client = RawPeer.Over(await HandshakeAsync(endpoint, certificate), MqttVersion.V311);
        (await client.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.Success);
    }

    private Task<TestEndpoint> StartAsync(ClientCertificateUse clients) => TestEndpoint.StartAsync(certificates: TlsCertificates.Load(new()
    {
        CertificatePath = _authority.CertificatePath,
        ClientCertificates = clients,
        ClientAuthoritiesPath = clients == ClientCertificateUse.None ? null : _authority.AuthorityPath,
    }));

    private static async Task<SslStream> HandshakeAsync(
        TestEndpoint endpoint, X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.None)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.TlsPort);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            ClientCertificates = certificate is null ? null : [certificate],
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return tls;
    }

    // In TLS 1.3 the client has finished before the server has looked at its certificate: the failure comes with the first read.
    private static async Task ShouldFailAsync(TestEndpoint endpoint, X509Certificate2? certificate)
    {
        try
        {
            await using var client = RawPeer.Over(await HandshakeAsync(endpoint, certificate), MqttVersion.V500);
            (await client.ReadAsync()).ShouldBeNull();
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // As it should be.
        }
    }

    private static async Task<string> ThumbprintAsync(TestEndpoint endpoint)
    {
        await using var tls = await HandshakeAsync(endpoint);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }
}
