using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SmartCommunity.Api.Problems;

namespace SmartCommunity.Api.OpenApi;

/// <summary>How routes say what they do.</summary>
internal static class RouteDescriptions
{
    /// <summary>A summary for lists of routes and a description for whoever opens one.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary, string description) =>
        route.WithSummary(summary).WithDescription(description);

    /// <summary>The statuses that it answers with problem details.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemDetails>(status, ApiProblem.MediaType);
        }

        return route;
    }
}
