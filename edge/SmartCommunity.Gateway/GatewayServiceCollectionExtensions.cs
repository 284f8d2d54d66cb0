using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Decoding.Native;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Gateway.Receiving;
using SmartCommunity.Mqtt.Server.Ports;

namespace SmartCommunity.Gateway;

/// <summary>Composes the gateway: decoders → journal → forwarder.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>
    /// Adds the gateway. The host adds an <see cref="IIngestTarget"/>, and the endpoint after this call: what is registered last stops first, so that
    /// the forwarder drains what the endpoint has taken.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<GatewayMetrics>();
        services.AddDecoding(options.Decoding);
        services.AddSingleton(provider => GatewayJournal.Open(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GatewayJournal>>()));
        services.AddSingleton<GatewayReceiver>();
        services.AddSingleton<IPublishReceiver>(provider => provider.GetRequiredService<GatewayReceiver>());
        services.AddForwarding();
        return services;
    }

    private static void AddDecoding(this IServiceCollection services, DecodingOptions options)
    {
        services.AddSingleton<IDecoder>(new NativeDecoder(options));
        services.AddSingleton(provider => new DecoderRegistry(provider.GetServices<IDecoder>(), options));
    }

    private static void AddForwarding(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var status = new ForwarderStatus(provider.GetRequiredService<GatewayJournal>(), provider.GetRequiredService<TimeProvider>());
            provider.GetRequiredService<GatewayMetrics>().Watch(status);
            return status;
        });
        services.AddHostedService<Forwarder>();
    }
}
