using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_names_every_route_with_a_summary_and_its_problems()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        var document = await client.GetJsonAsync("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        var paths = document.GetProperty("paths");

        var routes = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThan(20);
        foreach (var route in routes)
        {
            var method = route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant();
            var path = "/" + route.RoutePattern.RawText!.Trim('/');
            paths.TryGetProperty(path, out var item).ShouldBeTrue(path);
            var operation = item.GetProperty(method);
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(path);
            var responses = operation.GetProperty("responses");
            responses.TryGetProperty("401", out var refused).ShouldBeTrue(path);
            refused.GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task Parameters_headers_and_times_are_described()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        var document = await client.GetJsonAsync("/openapi/v1.json");
        var paths = document.GetProperty("paths");
        Names(paths.GetProperty("/api/v1/incidents").GetProperty("get")).ShouldBe(
            ["community", "state", "severity", "building", "grid", "kind", "device", "q", "from", "to", "cursor", "limit"], ignoreOrder: true);
        Names(paths.GetProperty("/api/v1/incidents/{id}/{command}").GetProperty("post")).ShouldBe(
            ["id", "command", "If-Match", "Idempotency-Key"], ignoreOrder: true);
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("IncidentDetail").GetProperty("properties").GetProperty("openedAt");
        schema.GetProperty("format").GetString().ShouldBe("date-time");
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
    }

    private static IEnumerable<string?> Names(JsonElement operation) =>
        operation.GetProperty("parameters").EnumerateArray().Select(item => item.GetProperty("name").GetString());
}
