using System.Net;
using System.Net.Http.Json;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Security;

public sealed class SecurityTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/me")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.Anonymous.GetAsync(path);
        string Header(string name) => string.Join(",", response.Headers.TryGetValues(name, out var values) ? values : []);
        Header("Content-Security-Policy").ShouldContain("default-src 'self'");
        Header("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_page_of_another_site_can_not_use_the_cookie()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        await (await browser.PostAsJsonAsync("/api/v1/sign-in?cookie=true", new { user = "officer", password = ApiServer.Password })).JsonAsync();
        foreach (var (origin, status) in new[] { ("https://evil.example", 403), ("null", 403), (server.Address.GetLeftPart(UriPartial.Authority), 204) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sign-out");
            request.Headers.TryAddWithoutValidation("Origin", origin);
            ((int)(await browser.SendAsync(request)).StatusCode).ShouldBe(status, origin);
        }

        using var software = server.As("officer");
        software.DefaultRequestHeaders.TryAddWithoutValidation("Origin", "https://evil.example");
        (await software.PostAsync("/api/v1/sign-out", content: null)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "no page can send a bearer token");
    }
}
