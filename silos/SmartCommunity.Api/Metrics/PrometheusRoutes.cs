using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.SignIn;

namespace SmartCommunity.Api.Metrics;

/// <summary><c>/metrics</c> in the Prometheus text format 0.0.4; needs sign-in (a scraper uses a bearer token).</summary>
internal static class PrometheusRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (HttpContext context, MetricCollector collector) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            PrometheusText.Write(context.Response.BodyWriter, collector.Collect());
            return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
        })
        .RequireAuthorization(SignInServices.Staff)
        .ExcludeFromDescription();
}
