using System.Net.Http.Json;
using System.Text.Json;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Api.Tests.Incidents;

public sealed class CommandTests
{
    [Fact]
    public async Task A_case_goes_its_way_by_three_people()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        (await GiveAsync(server, "officer", id, "register", new { severity = "P1" })).GetProperty("state").GetString().ShouldBe("Registered");
        var dispatched = await GiveAsync(server, "dispatcher", id, "dispatch", new { assignee = "handler", note = "请尽快" });
        dispatched.GetProperty("state").GetString().ShouldBe("Dispatched");
        (await GiveAsync(server, "handler", id, "accept")).GetProperty("state").GetString().ShouldBe("InProgress");
        (await GiveAsync(server, "handler", id, "arrive")).GetProperty("assignees")[0].GetProperty("state").GetString().ShouldBe("OnScene");
        var handled = await GiveAsync(
            server, "handler", id, "feedback", new { note = "已清理", evidence = new[] { new { type = "image/jpeg", uri = "/evidence/2.jpg" } } });
        handled.GetProperty("state").GetString().ShouldBe("Handled");
        handled.GetProperty("transitions").EnumerateArray().Last().GetProperty("evidence")[0].GetProperty("uri").GetString().ShouldBe("/evidence/2.jpg");
        (await GiveAsync(server, "checker", id, "check", new { passed = true })).GetProperty("state").GetString().ShouldBe("Checking");
        var closed = await GiveAsync(server, "officer", id, "close");
        closed.GetProperty("state").GetString().ShouldBe("Closed");
        closed.GetProperty("open").GetBoolean().ShouldBeFalse();
        var transitions = closed.GetProperty("transitions");
        transitions.Strings("actorName").TakeLast(3).ShouldBe(["周处置", "吴核查", "赵值班"]);
        transitions.EnumerateArray().Select(step => step.GetProperty("seq").GetInt32()).ShouldBe(Enumerable.Range(1, transitions.GetArrayLength()));
    }

    [Fact]
    public async Task A_state_that_does_not_take_it_answers_409_with_what_it_takes()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var officer = server.As("officer");
        var problem = await (await officer.PostAsync($"/api/v1/incidents/{id}/close", new { })).ProblemAsync(409, "command-refused");
        problem.GetProperty("allowed").Strings().ShouldContain("register");
        problem.GetProperty("state").GetString().ShouldBe("PendingRegistration");
        problem.GetProperty("detail").GetString().ShouldBe("案卷“待立案”，不能“结案”。");
        (await (await officer.PostAsync($"/api/v1/incidents/{id}/close?lang=en", new { })).ProblemAsync(409, "command-refused"))
            .GetProperty("detail").GetString().ShouldBe("The case is waiting for registration; it does not take 'close'.");
    }

    [Fact]
    public async Task Someone_who_may_not_is_told_403_and_what_lacks_something_400()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var handler = server.As("handler");
        await (await handler.PostAsync($"/api/v1/incidents/{id}/register", new { })).ProblemAsync(403, "command-forbidden");
        using var officer = server.As("officer");
        await (await officer.PostAsync($"/api/v1/incidents/{id}/void", new { })).ProblemAsync(400, "command-incomplete");
        await (await officer.PostAsync($"/api/v1/incidents/{id}/explode", new { })).ProblemAsync(404, "not-found");
        await (await officer.PostAsync("/api/v1/incidents/i-none/register", new { })).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_stale_version_is_412_and_the_right_one_is_taken()
    {
        await using var server = await ApiServer.StartAsync();
        var opened = SampleState.FallingObject(server.Time.GetUtcNow());
        var id = await server.AddIncidentAsync(opened);
        using var officer = server.As("officer");
        using var stale = Command(id, "comment", new { note = "x" });
        stale.Headers.TryAddWithoutValidation("If-Match", "\"999\"");
        await (await officer.SendAsync(stale)).ProblemAsync(412, "stale-version");
        using var right = Command(id, "comment", new { note = "x" });
        right.Headers.TryAddWithoutValidation("If-Match", $"W/\"{opened.After.Version}\"");
        var response = await officer.SendAsync(right);
        await response.JsonAsync();
        response.Headers.ETag!.Tag.ShouldBe($"\"{opened.After.Version + 1}\"");
        server.Grains.Commands.Last().ExpectedVersion.ShouldBe(opened.After.Version);
    }

    [Fact]
    public async Task The_same_key_of_the_same_person_is_the_same_command()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var officer = server.As("officer");
        for (var i = 0; i < 2; i++)
        {
            using var request = Command(id, "comment", new { note = "一次" });
            request.Headers.Add("Idempotency-Key", "key-1");
            await (await officer.SendAsync(request)).JsonAsync();
        }

        using var other = Command(id, "comment", new { note = "别人" });
        other.Headers.Add("Idempotency-Key", "key-1");
        using var checker = server.As("checker");
        await (await checker.SendAsync(other)).JsonAsync();

        server.Grains.Commands.Select(command => command.CommandId).ShouldBe(["officer/key-1", "officer/key-1", "checker/key-1"]);
        var incident = await officer.GetJsonAsync($"/api/v1/incidents/{id}");
        incident.GetProperty("transitions").Strings("reason").Where(reason => reason is "一次" or "别人").ShouldBe(["一次", "别人"]);
    }

    [Fact]
    public async Task Without_a_key_every_command_is_its_own()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        await GiveAsync(server, "officer", id, "comment", new { note = "x" });
        await GiveAsync(server, "officer", id, "comment", new { note = "x" });
        server.Grains.Commands.Select(command => command.CommandId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Every_mistake_in_a_body_is_said_before_the_case_hears_of_it()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var officer = server.As("officer");
        using var request = Command(id, "register", new
        {
            note = new string('x', 2001),
            severity = "P7",
            assignee = "outsider",
            into = "i-none",
            evidence = new object[]
            {
                new { type = "image/png", uri = "javascript:alert(1)" }, new { type = "x", uri = "/a" }, new { type = "image/png", uri = "//evil.example/a" },
            },
        });
        request.Headers.TryAddWithoutValidation("If-Match", "abc");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "a b");
        var problem = await (await officer.SendAsync(request)).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(
            ["note", "severity", "assignee", "into", "evidence[0].uri", "evidence[1].type", "evidence[2].uri", "If-Match", "Idempotency-Key"],
            ignoreOrder: true);
        server.Grains.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_body_will_do_where_nothing_is_needed()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        using var officer = server.As("officer");
        var registered = await (await officer.PostAsync($"/api/v1/incidents/{id}/register", content: null)).JsonAsync();
        registered.GetProperty("state").GetString().ShouldBe("Registered");
    }

    [Fact]
    public async Task A_case_is_merged_only_into_one_of_its_community()
    {
        await using var server = await ApiServer.StartAsync();
        var now = server.Time.GetUtcNow();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(now, "low", severity: Severity.P2, confidence: 0.2));
        var target = await server.AddIncidentAsync(SampleState.FallingObject(now, "other"));
        var foreign = await server.AddIncidentAsync(SampleState.FallingObject(now, "foreign", "maple"));
        using var acceptor = server.As("acceptor");
        (await (await acceptor.PostAsync($"/api/v1/incidents/{id}/merge", new { into = foreign })).ProblemAsync(400, "invalid-input"))
            .GetProperty("errors").Strings("path").ShouldBe(["into"]);
        (await GiveAsync(server, "acceptor", id, "merge", new { into = target })).GetProperty("mergedInto").GetString().ShouldBe(target);
    }

    [Fact]
    public async Task Commands_are_counted()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.AddIncidentAsync(SampleState.FallingObject(server.Time.GetUtcNow()));
        await GiveAsync(server, "officer", id, "comment", new { note = "x" });
        using var officer = server.As("officer");
        (await officer.GetStringAsync("/metrics")).ShouldContain("""smartcommunity_api_commands_total{command="comment",outcome="Done"} 1""");
    }

    private static HttpRequestMessage Command(string id, string command, object body) =>
        new(HttpMethod.Post, $"/api/v1/incidents/{id}/{command}") { Content = JsonContent.Create(body) };

    private static async Task<JsonElement> GiveAsync(ApiServer server, string person, string id, string command, object? body = null)
    {
        using var client = server.As(person);
        return await (await client.PostAsJsonAsync($"/api/v1/incidents/{id}/{command}", body ?? new { })).JsonAsync();
    }
}
