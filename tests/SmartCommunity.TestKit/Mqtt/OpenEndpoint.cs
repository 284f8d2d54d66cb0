using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Mqtt.Server.Hosting;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.TestKit.Mqtt;

/// <summary>
/// The product's own MQTT endpoint on a free loopback port, without a disk behind it: everybody may sign in and do everything, and a message is acknowledged
/// once it has been handed to the test.
/// </summary>
public sealed class OpenEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OpenEndpoint(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Port = new Uri(addresses[0]).Port;
        HttpPort = new Uri(addresses[1]).Port;
    }

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port { get; }

    /// <summary>The port of 127.0.0.1 where it speaks MQTT over WebSocket, at <c>/mqtt</c>.</summary>
    public int HttpPort { get; }

    /// <summary>The endpoint.</summary>
    public MqttEndpoint Mqtt => _app.Services.GetRequiredService<MqttEndpoint>();

    /// <summary>Starts an endpoint.</summary>
    /// <param name="received">Gets every message, on the endpoint's threads; its payload is valid during the call only.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    public static async Task<OpenEndpoint> StartAsync(Action<ClientIdentity, ReceivedPublish> received, MqttServerOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt());
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddMqttServer(options ?? new MqttServerOptions());
        builder.Services.AddSingleton<IPublishReceiver>(new HandOver(received));
        builder.Services.AddSingleton<IClientAuthenticator, Everybody>();
        builder.Services.AddSingleton<ITopicAuthorizer, Everybody>();
        var app = builder.Build();
        app.MapMqtt("/mqtt");
        await app.StartAsync();
        return new OpenEndpoint(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class HandOver(Action<ClientIdentity, ReceivedPublish> received) : IPublishReceiver
    {
        private long _position;

        public long DurableThrough => long.MaxValue;

        public ValueTask<PublishReceipt> ReceiveAsync(ClientIdentity publisher, ReceivedPublish message, CancellationToken cancellationToken)
        {
            received(publisher, message);
            return ValueTask.FromResult(new PublishReceipt(Interlocked.Increment(ref _position)));
        }

        public ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken) => default;
    }

    private sealed class Everybody : IClientAuthenticator, ITopicAuthorizer
    {
        public ValueTask<ClientIdentity?> AuthenticateAsync(ClientCredentials credentials, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClientIdentity?>(new ClientIdentity(credentials.UserName ?? credentials.ClientId, ClientKind.Device, credentials.ClientId));

        public bool MayPublish(ClientIdentity client, string topic) => true;

        public bool MaySubscribe(ClientIdentity client, string topicFilter) => true;
    }
}
