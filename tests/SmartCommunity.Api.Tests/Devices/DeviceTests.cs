using System.Security.Cryptography;
using System.Text;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Stores.Events;

namespace SmartCommunity.Api.Tests.Devices;

public sealed class DeviceTests
{
    [Fact]
    public async Task Devices_are_listed_with_their_last_state()
    {
        await using var server = await ApiServer.StartAsync();
        var now = server.Time.GetUtcNow();
        var heard = SampleState.Device("w-smoke1", true, now, new("battery", now, 87), new("my.metric", now, 1.5));
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [0, 0, 0, 0], 1, heard));
        using var client = server.As("worker");
        var items = (await client.GetJsonAsync("/api/v1/devices?building=w-b1")).GetProperty("items");
        items.Strings("id").ShouldBe(["w-cam1", "w-smoke1"]);
        items[0].GetProperty("online").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var smoke = items[1];
        smoke.GetProperty("online").GetBoolean().ShouldBeTrue();
        smoke.GetProperty("lastSeenAt").GetString().ShouldBe("2026-11-20T10:00:00Z");
        smoke.GetProperty("kindName").GetString().ShouldBe("烟感探测器");
        smoke.GetProperty("unit").GetString().ShouldBe("0302");
        var values = smoke.GetProperty("values");
        values[0].ToString().ShouldBe("""{"metric":"battery","title":"电量","value":87,"unit":"%","time":"2026-11-20T10:00:00Z"}""");
        values[1].GetProperty("unit").GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("?kind=parking-camera", "w-lane-cam")]
    [InlineData("?zone=w-lane", "w-lane-cam")]
    [InlineData("?grid=w-g2", "w-env")]
    [InlineData("?q=DOOR", "w-door2")]
    [InlineData("?q=烟感", "w-smoke1")]
    [InlineData("?online=true", "w-smoke1")]
    [InlineData("?community=willow&online=false&building=w-b1", "w-cam1")]
    public async Task Filters_restrict(string query, string expected)
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [0, 0, 0, 0], 1, SampleState.Device("w-smoke1", true, null)));
        using var client = server.As("worker");
        (await client.GetJsonAsync($"/api/v1/devices{query}")).GetProperty("items").Strings("id").ShouldBe([expected]);
    }

    [Fact]
    public async Task A_device_by_itself_shows_its_last_events()
    {
        await using var server = await ApiServer.StartAsync(new() { LastEvents = 2 });
        var now = server.Time.GetUtcNow();
        for (var i = 1; i <= 3; i++)
        {
            var said = new CommunityEvent
            {
                Id = $"e-{i}",
                Device = DeviceId.Parse("w-cam1"),
                Kind = EventKind.FallingObject,
                Time = now.AddMinutes(i),
                Confidence = 0.9,
                Data = EventData.Parse("""{"column":4}"""),
                Evidence = [new("image/jpeg", "/evidence/1.jpg")],
            };
            server.Get<FakeEventStore>().Events.Add(new StoredEvent(said, CommunityId.Parse("willow"), now));
        }

        using var client = server.As("worker");
        var events = (await client.GetJsonAsync("/api/v1/devices/w-cam1")).GetProperty("events");
        events.Strings("id").ShouldBe(["e-3", "e-2"]);
        events[0].GetProperty("kind").GetString().ShouldBe("falling-object");
        events[0].GetProperty("title").GetString().ShouldBe("高空抛物");
        events[0].GetProperty("data").GetProperty("column").GetInt32().ShouldBe(4);
        events[0].GetProperty("evidence")[0].GetProperty("uri").GetString().ShouldBe("/evidence/1.jpg");
        await (await client.GetAsync("/api/v1/devices/m-smoke")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_new_token_is_shown_once_and_kept_as_a_hash()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var answer = await (await admin.PostAsync("/api/v1/devices/w-cam1:issue-token", content: null)).JsonAsync();
        answer.GetProperty("device").GetString().ShouldBe("w-cam1");
        var token = answer.GetProperty("token").GetString()!;
        token.Length.ShouldBeGreaterThanOrEqualTo(32);
        var stored = server.Accounts.Tokens.ShouldHaveSingleItem();
        stored.Hash.ToArray().ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        stored.Owner.ShouldBe(new("w-cam1", IsDevice: true));
        stored.Id.ShouldBe(answer.GetProperty("id").GetString());

        var second = await (await admin.PostAsync("/api/v1/devices/w-cam1:issue-token", content: null)).JsonAsync();
        second.GetProperty("token").GetString().ShouldNotBe(token);
        server.Accounts.Tokens.ShouldHaveSingleItem().Id.ShouldBe(second.GetProperty("id").GetString());
        await (await admin.PostAsync("/api/v1/devices/none:issue-token", content: null)).ProblemAsync(404, "not-found");
        using var manager = server.As("manager");
        await (await manager.PostAsync("/api/v1/devices/w-cam1:issue-token", content: null)).ProblemAsync(403, "forbidden");
    }
}
