using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Communities;
using SmartCommunity.Api.Connections;
using SmartCommunity.Api.DeadLetters;
using SmartCommunity.Api.Devices;
using SmartCommunity.Api.Health;
using SmartCommunity.Api.Incidents;
using SmartCommunity.Api.Live;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.People;
using SmartCommunity.Api.Places;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.Samples;
using SmartCommunity.Api.Security;
using SmartCommunity.Api.SignIn;

namespace SmartCommunity.Api;

/// <summary>The routes of the API and the middleware that they need.</summary>
public static class ApiRoutes
{
    /// <summary>
    /// Maps everything under <c>/api/v1</c>, <c>/health</c>, <c>/metrics</c> and <c>/openapi</c>. Call it before routes of others are mapped: they, too,
    /// need sign-in unless they say <c>AllowAnonymous</c>.
    /// </summary>
    public static WebApplication MapSmartCommunityApi(this WebApplication app)
    {
        // Made now, so that nothing that is counted from here on is missed.
        app.Services.GetRequiredService<MetricCollector>();
        var options = app.Services.GetRequiredService<ApiOptions>();

        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseSameOriginGuard();
        app.UseAuthentication();
        app.UseAuthorization();

        var open = app.MapGroup("/api/v1").WithMetadata(new BodyLimit(options.MaxRequestBytes));
        open.MapSignIn();

        var staff = app.MapGroup("/api/v1").RequireAuthorization(SignInServices.Staff).WithMetadata(new BodyLimit(options.MaxRequestBytes));
        staff.MapCommunities(options);
        staff.MapPlaces();
        staff.MapDevices();
        staff.MapDeviceTokens();
        staff.MapDeviceImport(options);
        staff.MapAccounts();
        staff.MapConnections();
        staff.MapPeople();
        staff.MapIncidents();
        staff.MapSamples();
        staff.MapDeadLetters();
        staff.MapLive();

        app.MapHealth();
        app.MapMetrics();
        app.MapApiDescription();
        return app;
    }
}

/// <summary>The longest request body of a route; the nearest one counts.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
