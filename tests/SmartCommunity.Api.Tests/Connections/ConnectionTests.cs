using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Api.Connections;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Connections;

public sealed class ConnectionTests
{
    private const string Path = "/api/v1/connections";

    [Fact]
    public async Task Connections_are_shown_with_what_they_do()
    {
        await using var server = await StartAsync(new());
        using var admin = server.As("admin");
        var item = await admin.GetJsonAsync($"{Path}/c1");
        item.GetProperty("account").GetString().ShouldBe("w-cam1");
        item.GetProperty("kind").GetString().ShouldBe("device");
        item.GetProperty("credential").GetString().ShouldBe("token-c1");
        item.GetProperty("messagesIn").GetInt64().ShouldBe(30);
        item.GetProperty("since").GetString().ShouldBe("2026-11-20T09:00:01Z");
        await (await admin.GetAsync($"{Path}/none")).ProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("", "c1,c2,c3,same,same")]
    [InlineData("account=w-cam1", "c1")]
    [InlineData("client=c2", "c2")]
    [InlineData("kind=gateway,integration", "c3,same")]
    [InlineData("address=10.0.", "c2,c3")]
    [InlineData("transport=tls", "c2")]
    [InlineData("sort=-messages-in", "c2,c1,c3,same,same")]
    [InlineData("sort=-since", "same,same,c3,c2,c1")]
    [InlineData("sort=address&kind=device", "c2,c1,same")]
    public async Task They_are_filtered_and_sorted(string query, string expected)
    {
        await using var server = await StartAsync(new());
        using var admin = server.As("admin");
        (await admin.GetJsonAsync($"{Path}?{query}")).GetProperty("items").Strings("clientId").ShouldBe(expected.Split(','));
    }

    [Theory]
    [InlineData("sort=beauty")]
    [InlineData("kind=king")]
    [InlineData("transport=pigeon")]
    [InlineData("limit=0")]
    public async Task What_is_no_filter_is_refused(string query)
    {
        await using var server = await StartAsync(new());
        using var admin = server.As("admin");
        await (await admin.GetAsync($"{Path}?{query}")).ProblemAsync(400, "invalid-input");
    }

    [Theory]
    [InlineData("client")]
    [InlineData("-messages-in")]
    public async Task Pages_hold_each_once(string sort)
    {
        await using var server = await StartAsync(new());
        using var admin = server.As("admin");
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await admin.GetJsonAsync($"{Path}?limit=2&sort={sort}&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("account")}/{item.GetProperty("clientId")}"));
            cursor = page.GetProperty("next").GetString();
        }

        seen.Count.ShouldBe(5);
        seen.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task One_is_sent_away()
    {
        var connections = new Fake();
        await using var server = await StartAsync(connections);
        using var admin = server.As("admin");
        (await admin.DeleteAsync($"{Path}/c1")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await admin.DeleteAsync($"{Path}/same")).ProblemAsync(409, "several-connections");
        (await admin.DeleteAsync($"{Path}/same?account=w-env")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await admin.DeleteAsync($"{Path}/none")).ProblemAsync(404, "not-found");
        connections.Closed.ShouldBe(["w-cam1/c1", "w-env/same"]);
    }

    [Fact]
    public async Task Without_an_endpoint_there_are_none()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        (await admin.GetJsonAsync(Path)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static Task<ApiServer> StartAsync(Fake fake) => ApiServer.StartAsync(null, builder => builder.Services.AddSingleton<IMqttConnections>(fake));

    private sealed class Fake : IMqttConnections
    {
        public List<string> Closed { get; } = [];

        public IReadOnlyList<MqttConnection> List() =>
        [
            Make("c1", "w-cam1", "device", "192.168.0.1:5", "tcp", 1, 30), Make("c2", "w-smoke1", "device", "10.0.0.1:7", "tls", 2, 40),
            Make("c3", "site", "gateway", "10.0.0.2:7", "websocket", 3, 20), Make("same", "panel", "integration", "9.9.9.9:1", "tcp", 4, 0),
            Make("same", "w-env", "device", "9.9.9.9:2", "tcp", 5, 0),
        ];

        public Task<bool> DisconnectAsync(string account, string clientId, CancellationToken cancellationToken)
        {
            Closed.Add($"{account}/{clientId}");
            return Task.FromResult(true);
        }

        private static MqttConnection Make(string client, string account, string kind, string address, string transport, int second, long messages)
        {
            var since = new DateTimeOffset(2026, 11, 20, 9, 0, second, TimeSpan.Zero);
            return new(client, account, kind, $"token-{client}", null, address, transport, "5.0", 30, since, since, messages, 0, 0, 0, 0, 0, 0, IsHeldBack: false);
        }
    }
}
