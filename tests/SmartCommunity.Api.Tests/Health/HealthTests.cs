using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartCommunity.Api.Health;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Readiness_follows_its_checks_and_liveness_does_not()
    {
        var result = HealthCheckResult.Unhealthy("the journal's disk is full", new InvalidOperationException("secret"));
        await using var server = await ApiServer.StartAsync(null, builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("journal", () => result, [HealthRoutes.ReadyTag])
                .AddCheck("other", () => HealthCheckResult.Unhealthy());
        });
        var response = await server.Anonymous.GetAsync("/health/ready");
        var answer = await response.JsonAsync(503);
        answer.ToString().ShouldBe("""{"status":"Unhealthy","checks":{"journal":{"status":"Unhealthy","description":"the journal\u0027s disk is full"}}}""");
        (await server.Anonymous.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        result = HealthCheckResult.Healthy();
        (await (await server.Anonymous.GetAsync("/health/ready")).JsonAsync()).GetProperty("status").GetString().ShouldBe("Healthy");
    }
}
