using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Decoding;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Composes the bridges: a site's broker → decoders → journal.</summary>
public static class BridgingServiceCollectionExtensions
{
    /// <summary>Adds bridges to a gateway; after <c>AddGateway</c> and every decoder, so that they stop before its forwarder.</summary>
    /// <param name="services">The gateway's services.</param>
    /// <param name="settings">The bridges; may be none.</param>
    /// <param name="section">Where they stand in the configuration, for the errors.</param>
    /// <exception cref="OptionsValidationException">Everything that is wrong with the configuration; nothing was opened or started for it.</exception>
    public static IServiceCollection AddBridges(this IServiceCollection services, IReadOnlyList<BridgeSettings> settings, string section = "Bridges")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        var gateway = services.Instances<GatewayOptions>().Single();
        string[] decoders = [.. services.Instances<IDecoder>().Select(decoder => decoder.Name)];
        var bridges = BridgeReader.Read(settings, gateway.Id, decoders, section, out var errors);
        if (errors.Count > 0)
            throw new OptionsValidationException(section, typeof(BridgeSettings), errors);

        services.AddSingleton(new BridgeList(bridges));
        services.AddSingleton<BridgeMetrics>();
        services.AddSingleton<BridgeService>();
        services.AddSingleton<IBridges>(provider => provider.GetRequiredService<BridgeService>());
        services.AddHostedService(provider => provider.GetRequiredService<BridgeService>());
        return services;
    }

    // The gateway registers its options and decoders as they are, so that a mistake is found before anything is made.
    private static IEnumerable<T> Instances<T>(this IServiceCollection services) =>
        services.Select(service => service.ServiceType == typeof(T) ? service.ImplementationInstance : null).OfType<T>();
}
