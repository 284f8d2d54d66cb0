using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Mqtt.Server.Hosting;

/// <summary>How a host puts the endpoint together.</summary>
public static class MqttServerExtensions
{
    /// <summary>
    /// Adds <see cref="MqttEndpoint"/> as a singleton. The host adds the ports: IPublishReceiver, IClientAuthenticator and ITopicAuthorizer; a TimeProvider
    /// other than the system's if it wants one.
    /// </summary>
    /// <exception cref="ArgumentException">A limit makes no sense; the message names every one of them.</exception>
    public static IServiceCollection AddMqttServer(this IServiceCollection services, MqttServerOptions options)
    {
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors), nameof(options));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<MqttEndpoint>();
        services.Configure<SocketTransportOptions>(sockets => SocketSettings.Apply(sockets, options));
        services.AddHostedService<EndpointOpener>();
        return services;
    }

    /// <summary>Speaks MQTT in the clear on this Kestrel endpoint.</summary>
    public static ListenOptions UseMqtt(this ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.None;
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Speaks MQTT over TLS on this Kestrel endpoint, and watches the certificates' files from now on.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="certificates">Loaded already; stays the caller's to dispose.</param>
    public static ListenOptions UseMqtts(this ListenOptions listen, TlsCertificates certificates)
    {
        var services = listen.ApplicationServices;
        certificates.Watch(services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<TlsCertificates>>());
        listen.Protocols = HttpProtocols.None;
        // Before TLS, because a handshake is what a flood would have us pay for.
        var endpoint = services.GetRequiredService<MqttEndpoint>();
        listen.Use(next => connection => AdmitAsync(endpoint, connection, next));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = certificates.HandshakeTimeout,
            OnConnection = _ => ValueTask.FromResult(certificates.Handshake),
        });
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    private static async Task AdmitAsync(MqttEndpoint endpoint, ConnectionContext connection, ConnectionDelegate next)
    {
        using var ticket = endpoint.Admit(connection.RemoteEndPoint);
        if (ticket is { Refusal: not null, MayBeTold: false }) return;
        connection.Features.Set(ticket);
        await next(connection);
    }
}
