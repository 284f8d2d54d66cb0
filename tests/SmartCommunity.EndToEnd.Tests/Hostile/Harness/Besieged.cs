using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>One real host that all attacks are made on, one after the other, with four devices that go about their business.</summary>
public sealed class Besieged : IAsyncLifetime
{
    // Limits at their defaults, but time-outs that a test can wait for, and fewer retained messages: each is a dead letter too. The youngest generation is small, so that garbage is not taken for growth.
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["DOTNET_GCgen0size"] = "0x800000",
        ["MQTT__CONNECTTIMEOUT"] = "00:00:02",
        ["MQTT__SENDTIMEOUT"] = "00:00:02",
        ["MQTT__MAXRETAINEDMESSAGES"] = "5000",
    };

    private readonly TemporaryFolder _folder = new();
    private Siege _siege = null!;

    /// <summary>The host.</summary>
    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await HostProcess.StartDemoAsync(_folder.Path, Environment, "--devices", "0");
        _siege = new(Host.MqttPort, Host.Process.Id, [.. Enumerable.Range(1, 4).Select(n => $"air-b{n}-lobby").Select(device => (device, Host.Token(device)))]);
    }

    /// <summary>Attacks, and checks that nobody else noticed.</summary>
    public Task WithstandAsync(Func<Task> attack, ITestOutputHelper output) => _siege.WithstandAsync(attack, output);

    /// <summary>An attacker at an address of its own.</summary>
    /// <param name="device">The device whose token it has, when it has one.</param>
    internal Intruder Intruder(string? device = null) => new(Host.MqttPort, device ?? "nobody", device is null ? "" : Host.Token(device));

    public async Task DisposeAsync()
    {
        _siege.Dispose();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The attacks, one after the other and beside nothing else: the figures are compared.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Attacks : ICollectionFixture<Besieged>
{
    public const string Name = "attacks on one host";
}
