using System.Net;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Newcomer;

/// <summary>What makes commands safe to repeat and to race.</summary>
public sealed class CommandTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private HostProcess Host => demo.Host;

    [Fact]
    public async Task The_same_command_again_gets_the_first_answer_and_changes_nothing()
    {
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        var id = await OpenAsync(handler, "throw-b1-south");
        var first = await handler.CommandAsync(id, "accept", key: "accept-1");
        first.Status.ShouldBe(HttpStatusCode.OK);
        var again = await handler.CommandAsync(id, "accept", key: "accept-1");
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Body.Version().ShouldBe(first.Body.Version());
        (await handler.IncidentAsync(id)).GetProperty("transitions").EnumerateArray().Count(step => step.Text("command") == "accept").ShouldBe(1);
    }

    [Fact]
    public async Task A_command_in_the_wrong_state_is_a_conflict_that_names_what_is_allowed()
    {
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        var id = await OpenAsync(handler, "throw-b1-north");
        var answer = await handler.CommandAsync(id, "feedback", new { note = "too early" });
        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Body.GetProperty("allowed").EnumerateArray().Select(item => item.GetString()).ShouldContain("accept");
        answer.Body.Text("state").ShouldBe("Dispatched");
        (await handler.IncidentAsync(id)).Text("state").ShouldBe("Dispatched");
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_fresh_one_is_taken()
    {
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        var id = await OpenAsync(handler, "throw-b1-east");
        var version = (await handler.IncidentAsync(id)).Version();
        (await handler.CommandAsync(id, "accept", version: version - 1)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await handler.IncidentAsync(id)).Version().ShouldBe(version);
        (await handler.CommandAsync(id, "accept", version: version)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_people_who_accept_at_once_one_gets_it()
    {
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        using var officer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        var id = await OpenAsync(handler, "throw-b1-west");
        var answers = await Task.WhenAll(handler.CommandAsync(id, "accept"), officer.CommandAsync(id, "accept"));
        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
    }

    [Fact]
    public async Task A_reader_that_was_away_misses_nothing()
    {
        const string camera = "throw-b2-south";
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        using var checker = await ApiClient.SignInAsync(Host, People.Checker);
        long seen;
        string id;
        using (var live = await LiveReader.OpenAsync(handler, "?building=b2"))
        {
            id = await OpenAsync(handler, camera);
            await live.IncidentsUntilAsync(row => row.State == "Dispatched");
            seen = live.LastId;
        }

        await handler.DoAsync(id, "accept");
        await handler.DoAsync(id, "arrive");
        using var back = await LiveReader.OpenAsync(handler, "?building=b2", after: seen);
        await handler.DoAsync(id, "feedback", new { note = "done" });
        await checker.DoAsync(id, "check", new { passed = true });
        var rows = await back.IncidentsUntilAsync(row => row.State == "Checking");
        rows.Select(row => row.Command).ShouldBe(["accept", "arrive", "feedback", "check"]);
        rows[0].Id.ShouldBeGreaterThan(seen);
    }

    private async Task<string> OpenAsync(ApiClient viewer, string camera)
    {
        await using var device = await Host.ConnectAsync(camera);
        await device.SayEventAsync(camera, new { kind = "falling-object", confidence = 0.95, data = new { column = 1 } });
        return (await viewer.WaitForIncidentAsync(camera)).Id();
    }
}
