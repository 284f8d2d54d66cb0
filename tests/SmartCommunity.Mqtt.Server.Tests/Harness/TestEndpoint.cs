using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Hosting;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Transports;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Harness;

/// <summary>A real endpoint on Kestrel, on a free loopback port, with a receiver and a clock that the test moves.</summary>
public sealed class TestEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestEndpoint(WebApplication app, HeldReceiver receiver, ManualTimeProvider clock, LogCapture log)
    {
        _app = app;
        Receiver = receiver;
        Clock = clock;
        Log = log;
        Mqtt = app.Services.GetRequiredService<MqttEndpoint>();
        Ports = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port)];
    }

    public int Port => Ports[0];

    /// <summary>The port of HTTP, where WebSockets are at /mqtt.</summary>
    public int HttpPort => Ports[1];

    /// <summary>The port of MQTT over TLS, when certificates were given.</summary>
    public int TlsPort => Ports[2];

    public MqttEndpoint Mqtt { get; }

    /// <summary>Sockets that are being served, signed in or not.</summary>
    public int OpenSockets => Mqtt.OpenSockets;

    private IReadOnlyList<int> Ports { get; }

    public HeldReceiver Receiver { get; }

    public ManualTimeProvider Clock { get; }

    public LogCapture Log { get; }

    /// <summary>What clients presented, in order.</summary>
    public IEnumerable<ClientCredentials> SignIns => ((OpenHouse)_app.Services.GetRequiredService<IClientAuthenticator>()).SignIns;

    public static async Task<TestEndpoint> StartAsync(MqttServerOptions? options = null, bool immediate = true, TlsCertificates? certificates = null)
    {
        var receiver = new HeldReceiver { Immediate = immediate };
        var clock = new ManualTimeProvider();
        var log = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt());
            kestrel.Listen(IPAddress.Loopback, 0);
            if (certificates is not null) kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtts(certificates));
        });
        // The clock stands still, so nobody would ever stop to wait for a client that does not close.
        builder.Services.AddMqttServer((options ?? new MqttServerOptions()) with { LingerTime = TimeSpan.Zero });
        builder.Services.AddSingleton<IPublishReceiver>(receiver);
        builder.Services.AddSingleton<IClientAuthenticator, OpenHouse>();
        builder.Services.AddSingleton<ITopicAuthorizer, OpenHouse>();
        builder.Services.AddSingleton<TimeProvider>(clock);
        var app = builder.Build();
        app.MapMqtt("/mqtt");
        await app.StartAsync();
        return new TestEndpoint(app, receiver, clock, log);
    }

    /// <summary>A socket that has said nothing yet.</summary>
    public Task<RawPeer> OpenAsync(MqttVersion version = MqttVersion.V311) => RawPeer.OpenAsync(Port, version);

    /// <summary>A client that has signed in.</summary>
    public async Task<RawPeer> ConnectAsync(
        string clientId, MqttVersion version = MqttVersion.V311, Func<Packets.ConnectPacket, Packets.ConnectPacket>? with = null)
    {
        var peer = await OpenAsync(version);
        (await peer.ConnectAsync(clientId, with)).Reason.ShouldBe(ReasonCode.Success);
        return peer;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Waits until something that happens on another thread has happened.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse("what the test waits for never happened");
            await Task.Yield();
        }
    }
}

/// <summary>Keeps log lines for a test to look at.</summary>
public sealed class LogCapture : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(int Event, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((eventId.Id, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}
