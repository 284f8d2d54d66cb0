using System.Net.Http.Json;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Tests.Accounts;

public sealed class AccountTests
{
    private static readonly object Gateway = new { name = "site-7", kind = "gateway", publish = new[] { "sc/v1/+/event" }, subscribe = new[] { "gw/%u/#" } };

    [Fact]
    public async Task An_account_is_made_read_changed_and_deleted()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var made = await admin.PostAsync("/api/v1/accounts", Gateway);
        made.Headers.Location!.ToString().ShouldBe("/api/v1/accounts/site-7");
        var account = await made.JsonAsync(201);
        account.GetProperty("kind").GetString().ShouldBe("gateway");
        account.GetProperty("enabled").GetBoolean().ShouldBeTrue();
        account.GetProperty("version").GetInt64().ShouldBe(1);
        account.TryGetProperty("token", out _).ShouldBeFalse();
        server.Accounts.Tokens.ShouldBeEmpty();

        using var change = new HttpRequestMessage(HttpMethod.Put, "/api/v1/accounts/site-7")
        {
            Content = JsonContent.Create(new { kind = "integration", enabled = false, subscribe = new[] { "sc/v1/#" } }),
        };
        change.Headers.Add("If-Match", "\"1\"");
        (await (await admin.SendAsync(change)).JsonAsync()).GetProperty("version").GetInt64().ShouldBe(2);
        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/accounts/site-7") { Content = JsonContent.Create(new { kind = "gateway" }) };
        stale.Headers.Add("If-Match", "\"1\"");
        await (await admin.SendAsync(stale)).ProblemAsync(412, "stale-version");

        var read = await admin.GetJsonAsync("/api/v1/accounts/site-7");
        read.GetProperty("kind").GetString().ShouldBe("integration");
        read.GetProperty("publish").GetArrayLength().ShouldBe(0);
        read.GetProperty("subscribe").Strings().ShouldBe(["sc/v1/#"]);

        (await admin.DeleteAsync("/api/v1/accounts/site-7")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await (await admin.GetAsync("/api/v1/accounts/site-7")).ProblemAsync(404, "not-found");
        await (await admin.DeleteAsync("/api/v1/accounts/site-7")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Accounts_are_listed_page_by_page()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        foreach (var (name, kind) in (ReadOnlySpan<(string, AccountKind)>)[("c", AccountKind.Gateway), ("a", AccountKind.Subscriber), ("b", AccountKind.Gateway)])
        {
            server.Accounts.Put(new MqttAccount(name, kind, Enabled: true, [], [], [], 1, default, default));
        }

        (await admin.GetJsonAsync("/api/v1/accounts?kind=gateway")).GetProperty("items").Strings("name").ShouldBe(["b", "c"]);
        var first = await admin.GetJsonAsync("/api/v1/accounts?limit=2");
        first.GetProperty("items").Strings("name").ShouldBe(["a", "b"]);
        var second = await admin.GetJsonAsync($"/api/v1/accounts?limit=2&cursor={first.GetProperty("next").GetString()}");
        second.GetProperty("items").Strings("name").ShouldBe(["c"]);
    }

    [Fact]
    public async Task Every_mistake_is_said_at_once()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var body = new { name = "a/b", kind = "subscriber", publish = new[] { "ok", "a/#/b", "$share/g/x" }, certificates = new[] { " " } };
        var problem = await (await admin.PostAsync("/api/v1/accounts", body)).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(["name", "publish[1]", "publish[2]", "publish", "certificates[0]"], ignoreOrder: true);
        await (await admin.PostAsync("/api/v1/accounts", new { name = "x" })).ProblemAsync(400, "invalid-input");
        await (await admin.PostAsync("/api/v1/accounts", new { name = "w-cam1", kind = "gateway" })).ProblemAsync(400, "invalid-input");
        await (await admin.PostAsync("/api/v1/accounts", new { name = "x", kind = "king" })).ProblemAsync(400, "invalid-input");
        server.Accounts.Accounts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        await (await admin.PostAsync("/api/v1/accounts", Gateway)).JsonAsync(201);
        await (await admin.PostAsync("/api/v1/accounts?lang=en", Gateway)).ProblemAsync(409, "account-exists");
    }

    [Theory]
    [InlineData("GET", "/api/v1/accounts")]
    [InlineData("POST", "/api/v1/accounts")]
    [InlineData("GET", "/api/v1/accounts/a")]
    [InlineData("PUT", "/api/v1/accounts/a")]
    [InlineData("DELETE", "/api/v1/accounts/a")]
    [InlineData("GET", "/api/v1/accounts/a/tokens")]
    [InlineData("POST", "/api/v1/accounts/a/tokens")]
    [InlineData("DELETE", "/api/v1/accounts/a/tokens")]
    [InlineData("DELETE", "/api/v1/accounts/a/tokens/t")]
    [InlineData("GET", "/api/v1/devices/w-cam1/tokens")]
    [InlineData("DELETE", "/api/v1/devices/w-cam1/tokens")]
    [InlineData("GET", "/api/v1/connections")]
    [InlineData("GET", "/api/v1/connections/c")]
    [InlineData("DELETE", "/api/v1/connections/c")]
    public async Task Only_administrators_may(string method, string path)
    {
        await using var server = await ApiServer.StartAsync();
        using var manager = server.As("manager");
        using var request = new HttpRequestMessage(new(method), path) { Content = method is "POST" or "PUT" ? JsonContent.Create(new { kind = "gateway" }) : null };
        await (await manager.SendAsync(request)).ProblemAsync(403, "forbidden");
    }
}
