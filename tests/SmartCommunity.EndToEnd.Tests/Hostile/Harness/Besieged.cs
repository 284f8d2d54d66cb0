using System.Net;
using System.Net.Sockets;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>One real host that all attacks are made on, one after the other, with four devices that go about their business.</summary>
public sealed class Besieged : IAsyncLifetime
{
    // Limits at their defaults, but time-outs that a test can wait for, and a connect rate that one attacker can reach. The youngest generation is small, so that garbage is not taken for growth.
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["DOTNET_GCgen0size"] = "0x800000",
        ["MQTT__CONNECTTIMEOUT"] = "00:00:02",
        ["MQTT__SENDTIMEOUT"] = "00:00:02",
        ["MQTT__CONNECTBURSTPERADDRESS"] = "300",
        ["MQTT__CONNECTRATEPERADDRESS"] = "50",
        ["MQTT__FAILEDSIGNINDELAY"] = "00:00:01",
    };

    private readonly TemporaryFolder _folder = new();
    private TestAuthority _authority = null!;
    private Siege _siege = null!;

    /// <summary>The host.</summary>
    public HostProcess Host { get; private set; } = null!;

    /// <summary>The port of MQTT over TLS.</summary>
    public int TlsPort { get; } = FindFreePort();

    public async Task InitializeAsync()
    {
        _authority = new(_folder.Path);
        var (certificate, key) = _authority.Issue("localhost", ["localhost"]);
        _environment["SMARTCOMMUNITY__CERTIFICATE__PATH"] = certificate;
        _environment["SMARTCOMMUNITY__CERTIFICATE__KEYPATH"] = key;
        Host = await HostProcess.StartDemoAsync(_folder["data"], _environment, "--devices", "0", "--mqtts", $"127.0.0.1:{TlsPort}");
        _siege = new(Host.MqttPort, Host.Process.Id, [.. Enumerable.Range(1, 4).Select(n => $"air-b{n}-lobby").Select(device => (device, Host.Token(device)))]);
    }

    /// <summary>Attacks, and checks that nobody else noticed.</summary>
    public Task WithstandAsync(Func<Task> attack, ITestOutputHelper output) => _siege.WithstandAsync(attack, output);

    /// <summary>An attacker at an address of its own.</summary>
    /// <param name="device">The device whose token it has, when it has one.</param>
    internal Intruder Intruder(string? device = null) => new(Host.MqttPort, device ?? "nobody", device is null ? "" : Host.Token(device));

    internal Intruder Intruder(string device, string token) => new(Host.MqttPort, device, token);

    public async Task DisposeAsync()
    {
        _siege.Dispose();
        await Host.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    // A demo does not say where it took a free port for TLS, so one is found for it.
    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>The attacks, one after the other and beside nothing else: the figures are compared.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Attacks : ICollectionFixture<Besieged>
{
    public const string Name = "attacks on one host";
}
