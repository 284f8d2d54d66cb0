using System.Globalization;
using System.Net;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>One <c>serve</c> that listens on TCP, TLS and WebSocket, for all tests with clients of others.</summary>
public sealed class RealClientHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestAuthority _authority = null!;
    private JsonElement _signIns;
    private int _number;

    /// <summary>The host.</summary>
    public HostProcess Host { get; private set; } = null!;

    /// <summary>The certificate of the authority that signed the server's.</summary>
    public string AuthorityFile => _authority.File;

    /// <summary>The account that reads incidents.</summary>
    public (string User, string Password) Display => ("display", Token("display"));

    public async Task InitializeAsync()
    {
        _authority = new(_folder.Path);
        var (certificate, key) = _authority.Issue("localhost", ["localhost"], [IPAddress.Loopback]);
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["SMARTCOMMUNITY__COMMUNITY"] = Path.Combine(AppContext.BaseDirectory, "communities", "yunqi.yaml"),
            ["SMARTCOMMUNITY__CERTIFICATE__PATH"] = certificate,
            ["SMARTCOMMUNITY__CERTIFICATE__KEYPATH"] = key,
            ["SMARTCOMMUNITY__CERTIFICATE__CLIENTS"] = "Optional",
            ["SMARTCOMMUNITY__CERTIFICATE__CLIENTAUTHORITIES"] = _authority.File,
        };
        Host = await HostProcess.StartServeAsync(_folder["data"], environment, "--mqtts", "127.0.0.1:0");
        _signIns = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(Host.Data, "first-sign-in.json")));
    }

    public string Token(string device) => _signIns.GetProperty("tokens").Text(device)!;

    /// <summary>The port of a transport.</summary>
    public int Port(Transport transport) => transport switch
    {
        Transport.Tcp => Host.MqttPort,
        Transport.Tls => Host.MqttsPort!.Value,
        _ => Host.Http.Port,
    };

    /// <summary>Writes a certificate that names a device, and its key.</summary>
    public (string Certificate, string Key) CertificateOf(string device) => _authority.Issue(device);

    /// <summary>A number that nobody else gets: part of event ids, client identifiers and façade columns.</summary>
    public string NextNumber() => Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

    /// <summary>Connects with the client of this project, to check the others against.</summary>
    internal Task<MqttClient> ConnectAsync(string user, string password) =>
        MqttClient.ConnectAsync(new() { Port = Host.MqttPort, ClientId = $"own-{NextNumber()}", UserName = user, Password = password, ConnectTimeout = Eventually.Patience });

    /// <summary>Somebody who may see everything and deal with cases.</summary>
    internal Task<ApiClient> SignInAsync(string person) => ApiClient.SignInAsync(Host.Http, person, _signIns.GetProperty("passwords").Text(person)!);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }
}

/// <summary>What carries MQTT.</summary>
public enum Transport
{
    Tcp,
    Tls,
    Ws,
}

/// <summary>All tests with clients of others share one host.</summary>
[CollectionDefinition(Name)]
public sealed class WithRealClients : ICollectionFixture<RealClientHost>
{
    public const string Name = "real clients";
}
