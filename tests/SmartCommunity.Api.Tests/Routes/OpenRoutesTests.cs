using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Routes;

public sealed partial class OpenRoutesTests
{
    // Whoever adds to this list says why: these hold no data of people or places.
    private static readonly string[] Open = ["/", "/api/v1/sign-in", "/assets/{**path}", "/health/live", "/health/ready"];

    [Fact]
    public async Task Nothing_is_open_without_sign_in_but_what_is_listed_here()
    {
        await using var server = await ApiServer.StartAsync();
        var routes = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(route => Path(route)).Distinct().Order()
            .ShouldBe(Open);

        var tried = 0;
        foreach (var route in routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new(method), Parameters().Replace(Path(route), "x"));
                var response = await server.Anonymous.SendAsync(request);
                await response.ProblemAsync(401, "not-signed-in");
                response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Residents_reach_only_their_own_routes()
    {
        await using var server = await ApiServer.StartAsync();
        using var resident = server.As("resident");
        var routes = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        foreach (var route in routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            if (Path(route) is "/api/v1/me" or "/api/v1/sign-out")
            {
                continue;
            }

            var method = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            using var request = new HttpRequestMessage(new(method), Parameters().Replace(Path(route), "x"));
            await (await resident.SendAsync(request)).ProblemAsync(403, "forbidden");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await (await client.GetAsync("/api/v1/nothing-here")).ProblemAsync(404, "not-found");
        await (await client.DeleteAsync("/api/v1/incidents")).ProblemAsync(405, "method-not-allowed");
        await (await server.Anonymous.GetAsync("/api/v1/nothing-here")).ProblemAsync(401, "not-signed-in");
    }

    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameters();
}
