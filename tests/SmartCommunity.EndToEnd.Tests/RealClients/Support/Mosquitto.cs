using System.Globalization;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>mosquitto's command-line clients, signed in as somebody. They speak TCP and TLS; Debian's have no WebSocket.</summary>
internal sealed class Mosquitto(RealClientHost host, Transport transport, int version, string user, string? password, (string Certificate, string Key)? certificate = null)
{
    /// <summary>Both transports in both versions.</summary>
    public static TheoryData<Transport, int> Ways { get; } = new() { { Transport.Tcp, 4 }, { Transport.Tcp, 5 }, { Transport.Tls, 4 }, { Transport.Tls, 5 } };

    public static TheoryData<int> Versions { get; } = new() { 4, 5 };

    /// <summary>Whether it sends no client identifier, as it does by itself. Off: a new one each time, unless -i follows, which counts.</summary>
    public bool IsNameless { get; init; }

    /// <summary>One that acts for a device.</summary>
    public static Mosquitto Of(RealClientHost host, string device, Transport transport = Transport.Tcp, int version = 5) =>
        new(host, transport, version, device, host.Token(device));

    /// <summary>Publishes and ends.</summary>
    public Task<(int ExitCode, string Said)> PublishAsync(params IEnumerable<string> arguments) => ClientProcess.RunAsync("mosquitto_pub", [.. Common(), .. arguments]);

    /// <summary>Publishes, which must work.</summary>
    public async Task SayAsync(params string[] arguments)
    {
        var (exitCode, said) = await PublishAsync(arguments);
        exitCode.ShouldBe(0, said);
    }

    /// <summary>Subscribes and runs to its end.</summary>
    public Task<(int ExitCode, string Said)> SubscribeAsync(params IEnumerable<string> arguments) => ClientProcess.RunAsync("mosquitto_sub", [.. Common(), .. arguments]);

    /// <summary>Subscribes; it listens when this returns.</summary>
    public async Task<ClientProcess> ListenAsync(params IEnumerable<string> arguments)
    {
        // Line by line, and told when the SUBACK has come.
        var client = ClientProcess.Start("stdbuf", ["-oL", "mosquitto_sub", "-d", .. Common(), .. arguments]);
        await client.LineAsync("Subscribed (mid");
        return client;
    }

    /// <summary>Asks and prints the answer.</summary>
    public Task<(int ExitCode, string Said)> AskAsync(params IEnumerable<string> arguments) => ClientProcess.RunAsync("mosquitto_rr", [.. Common(), .. arguments]);

    private IEnumerable<string> Common()
    {
        List<string> arguments = ["-h", "localhost", "-p", host.Port(transport).ToString(CultureInfo.InvariantCulture), "-V", version == 5 ? "mqttv5" : "mqttv311"];
        if (!IsNameless) arguments.AddRange(["-i", $"mosquitto-{host.NextNumber()}"]);
        if (password is not null) arguments.AddRange(["-u", user, "-P", password]);
        if (transport == Transport.Tls) arguments.AddRange(["--cafile", host.AuthorityFile]);
        if (certificate is { } files) arguments.AddRange(["--cert", files.Certificate, "--key", files.Key]);
        return arguments;
    }
}
