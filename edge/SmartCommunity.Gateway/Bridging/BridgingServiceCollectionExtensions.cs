using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Gateway.Bridging.Configuration;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Composes the bridges: a site's broker → decoders → journal.</summary>
public static class BridgingServiceCollectionExtensions
{
    /// <summary>
    /// Adds bridges to a gateway; after <c>AddGateway</c>, so that they stop before its forwarder. The configuration is checked when the host starts: with a
    /// mistake in it, nothing starts, and the <see cref="Microsoft.Extensions.Options.OptionsValidationException"/> names every one.
    /// </summary>
    /// <param name="services">The gateway's services.</param>
    /// <param name="settings">The bridges; may be none.</param>
    /// <param name="section">Where they stand in the configuration, for the errors.</param>
    public static IServiceCollection AddBridges(this IServiceCollection services, IReadOnlyList<BridgeSettings> settings, string section = "Bridges")
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(new BridgeList(settings, section));
        services.AddSingleton<BridgeMetrics>();
        services.AddSingleton<BridgeService>();
        services.AddSingleton<IBridges>(provider => provider.GetRequiredService<BridgeService>());
        services.AddHostedService(provider => provider.GetRequiredService<BridgeService>());
        return services;
    }
}
