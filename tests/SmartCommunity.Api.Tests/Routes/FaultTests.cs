using System.Net.Http.Headers;
using System.Text;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Api.Tests.Routes;

public sealed class FaultTests
{
    [Fact]
    public async Task An_unhandled_exception_says_nothing_of_itself()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        server.Grains.Fault = new InvalidOperationException("secret connection string");
        var problem = await (await client.GetAsync("/api/v1/buildings/w-b1")).ProblemAsync(500, "internal");
        problem.ToString().ShouldNotContain("secret");
        var trace = problem.GetProperty("traceId").GetString()!;
        server.Errors.ShouldHaveSingleItem().ShouldStartWith($"6002 GET /api/v1/buildings/w-b1 failed; trace {trace}");
        server.Grains.Fault = new StoreUnavailableException("disk full");
        await (await client.GetAsync("/api/v1/buildings/w-b1")).ProblemAsync(503, "busy");
    }

    [Fact]
    public async Task A_body_that_is_not_json_says_where()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.Anonymous.PostAsync("/api/v1/sign-in", new StringContent("{\"user\": 7}", Encoding.UTF8, "application/json"));
        var problem = await answer.ProblemAsync(400, "unreadable");
        problem.GetProperty("errors").Strings("path").ShouldBe(["$.user"]);
        problem.ToString().ShouldNotContain("SmartCommunity.Api");
        await (await server.Anonymous.PostAsync("/api/v1/sign-in", new StringContent("{", Encoding.UTF8, "application/json"))).ProblemAsync(400, "unreadable");
        using var form = new StringContent("user=x", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        await (await server.Anonymous.PostAsync("/api/v1/sign-in", form)).ProblemAsync(415, "unsupported-media");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var server = await ApiServer.StartAsync(new() { MaxRequestBytes = 4096, MaxFileBytes = 8192 });
        using var large = new StringContent($"{{\"user\":\"{new string('x', 5000)}\"}}", Encoding.UTF8, "application/json");
        await (await server.Anonymous.PostAsync("/api/v1/sign-in", large)).ProblemAsync(413, "too-large");
        using var admin = server.As("admin");
        using var file = new StringContent(new string('#', 9000), Encoding.UTF8, "application/yaml");
        await (await admin.PutAsync("/api/v1/communities/willow", file)).ProblemAsync(413, "too-large");
        using var chunked = new StreamContent(new MemoryStream(new byte[9000]));
        chunked.Headers.ContentType = new("text/csv");
        await (await admin.PostAsync("/api/v1/devices:import?community=willow", chunked)).ProblemAsync(413, "too-large");
    }

    [Fact]
    public async Task Problems_speak_the_language_that_was_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        (await TitleAsync(server, "/api/v1/me", null)).ShouldBe("未登录");
        (await TitleAsync(server, "/api/v1/me", "en-GB,zh;q=0.5")).ShouldBe("Not signed in");
        (await TitleAsync(server, "/api/v1/me", "en;q=0.2,zh-CN")).ShouldBe("未登录");
        (await TitleAsync(server, "/api/v1/me", "fr,en;q=0.2")).ShouldBe("Not signed in");
        (await TitleAsync(server, "/api/v1/me", "fr")).ShouldBe("未登录");
        (await TitleAsync(server, "/api/v1/me?lang=en", "zh")).ShouldBe("Not signed in");
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var wrong = new ApiOptions { FailedSignInsPerMinute = 0, MaxPageSize = 501, LiveHeartbeat = TimeSpan.Zero };
        var message = Should.Throw<ArgumentException>(wrong.Check).Message;
        message.ShouldContain("FailedSignInsPerMinute");
        message.ShouldContain("MaxPageSize");
        message.ShouldContain("LiveHeartbeat");
    }

    private static async Task<string?> TitleAsync(ApiServer server, string path, string? language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        return (await (await server.Anonymous.SendAsync(request)).ProblemAsync(401, "not-signed-in")).GetProperty("title").GetString();
    }
}
