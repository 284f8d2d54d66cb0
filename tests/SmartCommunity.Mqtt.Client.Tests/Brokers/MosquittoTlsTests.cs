using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Mqtt.Client.Tests.Brokers;

/// <summary>TLS and WebSocket against a broker that is not ours.</summary>
public sealed class MosquittoTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;

    public MosquittoTlsTests() => _authority = new TestAuthority(_folder.Path);

    [FactIfInstalled("mosquitto")]
    public async Task A_certificate_of_a_known_authority_is_trusted()
    {
        await using var broker = await StartAsync();
        await ShouldWorkAsync(new() { EndPoint = Secure(broker, "localhost"), Tls = new() { AuthorityFile = _authority.File } });
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_certificate_of_another_authority_is_refused_and_the_error_says_so()
    {
        await using var broker = await StartAsync();
        using var other = new TestAuthority(_folder.Path, "other");
        var refused = await Should.ThrowAsync<MqttCertificateException>(() => ConnectAsync(Secure(broker, "localhost"), new() { AuthorityFile = other.File }));
        refused.Message.ShouldContain($"mqtts://localhost:{broker.SecondPort}");
        refused.Message.ShouldContain("PartialChain");
        await Should.ThrowAsync<MqttCertificateException>(() => ConnectAsync(Secure(broker, "localhost"), new()));
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_certificate_for_another_name_is_refused_unless_that_name_is_expected()
    {
        await using var broker = await StartAsync();
        var refused = await Should.ThrowAsync<MqttCertificateException>(() => ConnectAsync(Secure(broker, "127.0.0.1"), new() { AuthorityFile = _authority.File }));
        refused.Message.ShouldContain("it is not for '127.0.0.1' but for CN=server");
        await ShouldWorkAsync(new() { EndPoint = Secure(broker, "127.0.0.1"), Tls = new() { AuthorityFile = _authority.File, ServerName = "localhost" } });
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_broker_that_asks_for_a_certificate_gets_the_clients_own()
    {
        await using var broker = await StartAsync($"cafile {_authority.File}", "require_certificate true");
        var (certificate, key) = _authority.Issue("d1");
        await Should.ThrowAsync<MqttUnreachableException>(() => ConnectAsync(Secure(broker, "localhost"), new() { AuthorityFile = _authority.File }));
        await ShouldWorkAsync(new()
        {
            EndPoint = Secure(broker, "localhost"),
            Tls = new() { AuthorityFile = _authority.File, CertificateFile = certificate, KeyFile = key },
        });
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_file_that_is_not_there_is_named()
    {
        var missing = _folder["missing.crt"];
        var error = await Should.ThrowAsync<MqttCertificateException>(() => ConnectAsync(MqttEndPoint.Parse("mqtts://localhost:1"), new() { AuthorityFile = missing }));
        error.Message.ShouldContain(missing);
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_web_socket_carries_it_too()
    {
        await using var broker = await MosquittoBroker.StartAsync(secondListener: ["protocol websockets"]);
        await ShouldWorkAsync(new() { EndPoint = MqttEndPoint.Parse($"ws://127.0.0.1:{broker.SecondPort}/mqtt") });
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_secure_web_socket_checks_the_certificate_in_the_same_way()
    {
        await using var broker = await StartAsync("protocol websockets");
        var endPoint = MqttEndPoint.Parse($"wss://localhost:{broker.SecondPort}");
        await ShouldWorkAsync(new() { EndPoint = endPoint, Tls = new() { AuthorityFile = _authority.File } });
        await Should.ThrowAsync<MqttCertificateException>(() => ConnectAsync(endPoint, new()));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private Task<MosquittoBroker> StartAsync(params string[] more)
    {
        var (certificate, key) = _authority.Issue("server", dnsNames: ["localhost"]);
        return MosquittoBroker.StartAsync(secondListener: [$"certfile {certificate}", $"keyfile {key}", .. more]);
    }

    private static MqttEndPoint Secure(MosquittoBroker broker, string host) => new(MqttTransport.Tls, host, broker.SecondPort);

    private static Task ConnectAsync(MqttEndPoint endPoint, MqttTlsOptions tls) => MqttClient.ConnectAsync(new() { EndPoint = endPoint, Tls = tls }).Within();

    // Large enough to be cut into several records and messages on the way.
    private static async Task ShouldWorkAsync(MqttClientOptions options)
    {
        await using var client = await MqttClient.ConnectAsync(options).Within();
        await client.SubscribeAsync(Clients.Topic.Text).Within();
        foreach (var size in new[] { 1, 1000, 200_000 })
        {
            await client.PublishAsync(Clients.Message(new string('x', size))).Within();
            (await client.Messages.ReadAsync().AsTask().Within()).Payload.Length.ShouldBe(size);
        }

        await client.DisconnectAsync().Within();
        await client.Completion.Within();
    }
}
