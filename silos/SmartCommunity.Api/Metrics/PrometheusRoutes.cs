using System.Buffers;
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
            var text = new ArrayBufferWriter<byte>();
            PrometheusText.Write(text, collector.Collect());
            context.Response.ContentLength = text.WrittenCount;
            return context.Response.Body.WriteAsync(text.WrittenMemory, context.RequestAborted).AsTask();
        })
        .RequireAuthorization(SignInServices.Staff)
        .ExcludeFromDescription();
}
