using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Api.Tests.Incidents;

public sealed class IncidentReadTests
{
    [Fact]
    public async Task A_case_is_answered_whole()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var client = server.As("officer");
        var response = await client.GetAsync($"/api/v1/incidents/{id}");
        var incident = await response.JsonAsync();
        response.Headers.ETag!.Tag.ShouldBe($"\"{incident.GetProperty("version").GetInt64()}\"");
        string[] contract =
        [
            "id", "community", "grid", "building", "zone", "kind", "severity", "state", "condition", "title", "openedAt", "updatedAt", "deadlineAt", "light",
            "version", "key",
            "devices", "assignees", "events", "why", "transitions", "tasks", "notifications", "allowed",
        ];
        incident.EnumerateObject().First().Name.ShouldBe("id");
        contract.Except(incident.EnumerateObject().Select(member => member.Name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_parts_say_what_they_should()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var client = server.As("officer");
        var incident = await client.GetJsonAsync($"/api/v1/incidents/{id}");
        incident.GetProperty("severity").GetString().ShouldBe("P1");
        incident.GetProperty("state").GetString().ShouldBe("PendingRegistration");
        incident.GetProperty("building").GetString().ShouldBe("w-b1");
        incident.GetProperty("title").GetString().ShouldBe("1 号楼南立面高空抛物");
        incident.GetProperty("openedAt").GetString().ShouldBe("2026-11-20T10:00:00Z");
        incident.GetProperty("why").ToString().ShouldBe("""{"rule":"falling-object","ruleVersion":3,"text":"2 分钟内 1 次抛物，置信度 0.93。"}""");
        var happened = incident.GetProperty("events")[0];
        happened.GetProperty("id").GetString().ShouldBe("e-1");
        happened.GetProperty("title").GetString().ShouldBe("高空抛物");
        var step = incident.GetProperty("transitions")[0];
        step.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["seq", "command", "from", "to", "actor", "actorName", "role", "reason", "eventTime", "at", "evidence", "hash"]);
        step.GetProperty("command").GetString().ShouldBe("raise");
        step.GetProperty("role").GetString().ShouldBe("system");
        step.GetProperty("hash").GetString()!.Length.ShouldBe(64);
        incident.GetProperty("allowed").Strings().ShouldContain("register");
        (await client.GetJsonAsync($"/api/v1/incidents/{id}?lang=en")).GetProperty("why").GetProperty("text").GetString()
            .ShouldBe("1 throw within 2 minutes, confidence 0.93.");
    }

    [Fact]
    public async Task What_is_allowed_depends_on_who_asks()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var admin = server.As("admin");
        (await admin.GetJsonAsync($"/api/v1/incidents/{id}")).GetProperty("allowed").GetArrayLength().ShouldBe(0);
        using var checker = server.As("checker");
        (await checker.GetJsonAsync($"/api/v1/incidents/{id}")).GetProperty("allowed").Strings().ShouldBe(["comment"]);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("a%2Fb")]
    [InlineData("%E4%B8%AD")]
    public async Task What_is_not_there_is_404(string id)
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await (await client.GetAsync($"/api/v1/incidents/{id}")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_case_of_another_community_is_not_there()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var outsider = server.As("outsider");
        await (await outsider.GetAsync($"/api/v1/incidents/{id}")).ProblemAsync(404, "not-found");
        await (await outsider.PostAsync($"/api/v1/incidents/{id}/comment", new { note = "x" })).ProblemAsync(404, "not-found");
        (await outsider.GetJsonAsync("/api/v1/incidents")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await outsider.GetJsonAsync("/api/v1/incidents?community=willow")).GetProperty("items").GetArrayLength().ShouldBe(0);
        server.Grains.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_filter_reaches_the_store()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        const string Query = "community=willow&state=dispatched,InProgress&severity=p0,P1&building=w-b1&grid=w-g1&kind=falling-object&device=w-cam1&q=南&from=2026-11-20T18:00:00%2B08:00&to=1795255200000&limit=7";
        await client.GetJsonAsync($"/api/v1/incidents?{Query}");
        var asked = server.Incidents.LastQuery!;
        asked.Community!.Value.Value.ShouldBe("willow");
        asked.States.ShouldBe([IncidentState.Dispatched, IncidentState.InProgress]);
        asked.Severities.ShouldBe([Severity.P0, Severity.P1]);
        asked.Building!.Value.Value.ShouldBe("w-b1");
        asked.Grid!.Value.Value.ShouldBe("w-g1");
        asked.Kind.ShouldBe("falling-object");
        asked.Device!.Value.Value.ShouldBe("w-cam1");
        asked.Text.ShouldBe("南");
        asked.From.ShouldBe(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        asked.To.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1795255200000));
        asked.Limit.ShouldBe(7);
        await client.GetJsonAsync("/api/v1/incidents?state=open");
        server.Incidents.LastQuery!.Open.ShouldBe(true);
        server.Incidents.LastQuery!.Community!.Value.Value.ShouldBe("willow", "someone of one community asks for it alone");
        await client.GetJsonAsync("/api/v1/incidents?state=ended");
        server.Incidents.LastQuery!.Open.ShouldBe(false);
    }

    [Fact]
    public async Task Every_mistake_in_a_filter_is_said()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        var answer = await client.GetAsync("/api/v1/incidents?state=lost&severity=P9&building=a/b&from=yesterday&limit=501");
        var problem = await answer.ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(["state", "severity", "building", "from", "limit"], ignoreOrder: true);
        (await (await client.GetAsync("/api/v1/incidents?from=2026-11-20T10:00:00Z&to=2026-11-20T10:00:00Z")).ProblemAsync(400, "invalid-input"))
            .GetProperty("errors").Strings("path").ShouldBe(["from"]);
        (await (await client.GetAsync("/api/v1/incidents?cursor=nonsense")).ProblemAsync(400, "invalid-input"))
            .GetProperty("errors").Strings("path").ShouldBe(["cursor"]);
    }

    [Fact]
    public async Task Whoever_serves_several_communities_gets_pages_of_all_of_theirs()
    {
        await using var server = await ApiServer.StartAsync();
        var officer = SampleCommunity.Willow.People.First(person => person.Id.Value == "officer");
        await server.ChangeCommunityAsync(SampleCommunity.Maple with { People = [.. SampleCommunity.Maple.People, officer] });
        await server.ChangeCommunityAsync(SampleCommunity.Maple with
        {
            Id = Events.Ids.CommunityId.Parse("third"),
            Grids = [new(Events.Ids.GridId.Parse("t-g1"), new("三", "three"), Events.Ids.PersonId.Parse("third-worker"))],
            Buildings = [],
            Devices = [],
            People = [SampleCommunity.Maple.People[0] with { Id = Events.Ids.PersonId.Parse("third-worker") }],
        });
        var now = server.Time.GetUtcNow();
        for (var i = 0; i < 9; i++)
        {
            var community = (i % 3) switch { 0 => "willow", 1 => "maple", _ => "third" };
            await server.AddIncidentAsync(SampleState.FallingObject(now.AddMinutes(-i), $"e-{i}", community));
        }

        using var client = server.As("officer");
        List<string> seen = [];
        string? next = null;
        do
        {
            var page = await client.GetJsonAsync($"/api/v1/incidents?limit=2{(next is null ? "" : $"&cursor={next}")}");
            page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.GetProperty("items").Strings("key"));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        seen.Select(key => key.Split('/')[0] + key.Split('/')[^1]).ShouldBe(["willowe-0", "maplee-1", "willowe-3", "maplee-4", "willowe-6", "maplee-7"]);
    }
}
