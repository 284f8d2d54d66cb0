using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        return services;
    }

    /// <summary>Speaks MQTT on this Kestrel endpoint; put <c>UseHttps</c> before it for TLS.</summary>
    public static ListenOptions UseMqtt(this ListenOptions listen)
    {
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }
}
