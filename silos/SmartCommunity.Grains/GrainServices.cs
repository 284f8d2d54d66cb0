using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Grains.Places;

namespace SmartCommunity.Grains;

/// <summary>What the grains need besides Orleans, the stores and a <see cref="TimeProvider"/>.</summary>
public static class GrainServices
{
    /// <summary>Adds the directory, the ingest side and the options of the places.</summary>
    public static IServiceCollection AddSmartCommunityGrains(this IServiceCollection services)
    {
        services.AddSingleton<CommunityDirectory>();
        services.AddSingleton<IngestCoordinator>();
        services.AddSingleton<PlaceServices>();
        services.AddOptions<PlaceOptions>().BindConfiguration("Places").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IngestOptions>().BindConfiguration("Ingest").ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
