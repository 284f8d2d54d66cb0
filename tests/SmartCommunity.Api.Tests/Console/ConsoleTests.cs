using System.Net;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Console;

public sealed class ConsoleTests
{
    [Fact]
    public async Task The_page_and_all_that_it_names_are_served()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await server.Anonymous.GetAsync("/");
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = await page.Content.ReadAsStringAsync();
        foreach (var path in html.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            (await server.Anonymous.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await server.Anonymous.GetAsync("/assets/app.js")).Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        (await server.Anonymous.GetAsync("/assets/texts/zh.json")).Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task An_unchanged_file_is_not_sent_again()
    {
        await using var server = await ApiServer.StartAsync();
        var first = await server.Anonymous.GetAsync("/assets/app.js");
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/assets/app.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await server.Anonymous.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/assets/../appsettings.json")]
    [InlineData("/assets/%2e%2e/%2e%2e/SmartCommunity.Api.dll")]
    [InlineData("/assets/..%2f..%2fSmartCommunity.Api.dll")]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/")]
    public async Task Nothing_outside_the_folder_is_served(string path)
    {
        await using var server = await ApiServer.StartAsync();
        ((int)(await server.Anonymous.GetAsync(path)).StatusCode).ShouldBeOneOf(401, 404);
    }

    [Fact]
    public async Task Without_the_folder_the_api_works_all_the_same()
    {
        await using var server = await ApiServer.StartAsync(new() { ConsoleFolder = "/nowhere" });
        (await server.Anonymous.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Anonymous.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
