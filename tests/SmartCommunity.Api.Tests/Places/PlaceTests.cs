using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Api.Tests.Places;

public sealed class PlaceTests
{
    [Fact]
    public async Task A_building_shows_its_worst_open_severity_and_who_is_online()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [0, 2, 1, 0], 1));
        using var client = server.As("worker");
        var items = (await client.GetJsonAsync("/api/v1/buildings?community=willow")).GetProperty("items");
        items.Strings("id").ShouldBe(["w-b1", "w-b2", "w-b3"]);
        var first = items[0];
        first.GetProperty("name").GetString().ShouldBe("1 号楼");
        first.GetProperty("worst").GetString().ShouldBe("P1");
        first.GetProperty("open").ToString().ShouldBe("""{"P0":0,"P1":2,"P2":1,"P3":0,"total":3}""");
        first.GetProperty("devicesOnline").GetInt32().ShouldBe(1);
        first.GetProperty("devicesTotal").GetInt32().ShouldBe(2);
        items[1].GetProperty("worst").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task A_building_by_itself_shows_its_conditions()
    {
        await using var server = await ApiServer.StartAsync();
        var condition = new ConditionView
        {
            Key = "k",
            Rule = "smoke",
            Phase = "Active",
            Since = server.Time.GetUtcNow(),
            Severity = 0,
            Devices = ["w-smoke1"]
        };
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [1, 0, 0, 0], 2) with { Conditions = [condition] });
        using var client = server.As("worker");
        var building = await client.GetJsonAsync("/api/v1/buildings/w-b1?lang=en");
        building.GetProperty("worst").GetString().ShouldBe("P0");
        building.GetProperty("name").GetString().ShouldBe("w-b1");
        building.GetProperty("conditions")[0].GetProperty("phase").GetString().ShouldBe("Active");
        building.GetProperty("conditions")[0].GetProperty("severity").GetString().ShouldBe("P0");
        building.GetProperty("conditions")[0].GetProperty("since").GetString().ShouldBe("2026-11-20T10:00:00Z");
        await (await client.GetAsync("/api/v1/buildings/w-b9")).ProblemAsync(404, "not-found");
        await (await client.GetAsync("/api/v1/buildings/m-b1")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_grid_adds_its_buildings_and_outdoor_zones_up()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [0, 1, 0, 0], 1));
        server.Grains.SetPlace("willow/w-b2", SampleState.Place("willow/w-b2", "w-g1", [0, 0, 2, 0], 1));
        server.Grains.SetPlace("willow/w-g1", SampleState.Place("willow/w-g1", "w-g1", [0, 1, 0, 0], 1));
        server.Grains.SetPlace("willow/w-b3", SampleState.Place("willow/w-b3", "w-g2", [1, 0, 0, 0], 0));
        using var client = server.As("worker");
        var items = (await client.GetJsonAsync("/api/v1/grids")).GetProperty("items");
        items.Strings("id").ShouldBe(["w-g1", "w-g2"]);
        items[0].GetProperty("open").GetProperty("total").GetInt32().ShouldBe(4);
        items[0].GetProperty("worst").GetString().ShouldBe("P1");
        items[0].GetProperty("devicesOnline").GetInt32().ShouldBe(3);
        items[0].GetProperty("devicesTotal").GetInt32().ShouldBe(4);
        items[0].GetProperty("buildings").Strings().ShouldBe(["w-b1", "w-b2"]);
        var detail = await client.GetJsonAsync("/api/v1/grids/w-g2");
        detail.GetProperty("worst").GetString().ShouldBe("P0");
        detail.GetProperty("conditions").GetArrayLength().ShouldBe(0);
        await (await client.GetAsync("/api/v1/grids/m-g1")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_zone_counts_its_devices()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.SetPlace("willow/w-g1", SampleState.Place("willow/w-g1", "w-g1", [0, 0, 0, 0], 1, SampleState.Device("w-lane-cam", true, null)));
        using var client = server.As("worker");
        var zone = (await client.GetJsonAsync("/api/v1/zones")).GetProperty("items")[0];
        zone.ToString().ShouldBe((await client.GetJsonAsync("/api/v1/zones/w-lane")).ToString());
        zone.GetProperty("kind").GetString().ShouldBe("fire-lane");
        zone.GetProperty("kindName").GetString().ShouldBe("消防通道");
        zone.GetProperty("parkingGraceSeconds").GetDouble().ShouldBe(120);
        zone.GetProperty("devicesOnline").GetInt32().ShouldBe(1);
        zone.GetProperty("devicesTotal").GetInt32().ShouldBe(1);
        await (await client.GetAsync("/api/v1/zones/none")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("admin");
        List<string> seen = [];
        string? next = null;
        do
        {
            var page = await client.GetJsonAsync($"/api/v1/buildings?limit=1{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page.GetProperty("items").Strings("id"));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        seen.ShouldBe(["m-b1", "w-b1", "w-b2", "w-b3"]);
    }

    [Fact]
    public async Task What_is_wrong_with_a_question_is_said_all_at_once()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        var problem = await (await client.GetAsync("/api/v1/buildings?community=a%20b&grid=%C3%A9&limit=0&cursor=!!")).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(["limit", "cursor", "community", "grid"], ignoreOrder: true);
        problem.GetProperty("errors").EnumerateArray().ShouldAllBe(error => error.GetProperty("hint").GetString()!.Length > 0);
    }

    [Fact]
    public async Task What_belongs_to_another_community_is_not_there()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("outsider");
        foreach (var path in new[] { "grids", "buildings", "zones", "devices", "people", "communities" })
        {
            (await client.GetJsonAsync($"/api/v1/{path}?community=willow")).GetProperty("items").GetArrayLength().ShouldBe(0, path);
            (await client.GetJsonAsync($"/api/v1/{path}")).ToString().ShouldNotContain("\"w-", customMessage: path);
        }
    }

    [Fact]
    public async Task People_are_listed_with_their_roles()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        (await client.GetJsonAsync("/api/v1/people?role=grid-worker,checker")).GetProperty("items").Strings("id").ShouldBe(["checker", "worker", "worker2"]);
        var person = await client.GetJsonAsync("/api/v1/people/officer");
        person.GetProperty("roles").Strings().ShouldBe(["duty-officer"]);
        person.GetProperty("community").GetString().ShouldBe("willow");
        await (await client.GetAsync("/api/v1/people/outsider")).ProblemAsync(404, "not-found");
        await (await client.GetAsync("/api/v1/people?role=king")).ProblemAsync(400, "invalid-input");
    }
}
