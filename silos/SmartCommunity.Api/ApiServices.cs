using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Communities;
using SmartCommunity.Api.Connections;
using SmartCommunity.Api.Incidents;
using SmartCommunity.Api.Live;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Places;
using SmartCommunity.Api.SignIn;

namespace SmartCommunity.Api;

/// <summary>What the API needs in the container.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds the API. The host adds what it reads from: the ports of SmartCommunity.Stores, <c>CommunityDirectory</c>, and Orleans' <c>IGrainFactory</c>.
    /// </summary>
    /// <exception cref="ArgumentException">Options are out of their ranges; the message names each.</exception>
    public static IServiceCollection AddSmartCommunityApi(this IServiceCollection services, ApiOptions options)
    {
        options.Check();
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        services.AddSignIn(options);
        services.AddApiDescription();
        services.AddHealthChecks();
        services.AddMetrics();

        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<LivePlaces>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<IncidentPresenter>();
        services.AddSingleton<CommunityWriter>();
        services.AddSingleton<MqttTokens>();
        services.TryAddSingleton<IMqttConnections, NoMqttConnections>();
        return services;
    }
}
