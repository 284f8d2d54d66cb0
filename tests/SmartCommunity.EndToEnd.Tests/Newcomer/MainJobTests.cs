using System.Diagnostics;
using System.Net;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Newcomer;

/// <summary>A device publishes, people handle the incident: the main job, over real sockets.</summary>
public sealed class MainJobTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    // A machine that does something else may take longer once, but not each time.
    private const int Attempts = 8;

    private HostProcess Host => demo.Host;

    [FactIfInstalled("mosquitto_pub")]
    public async Task What_mosquitto_pub_says_is_an_incident()
    {
        const string camera = "throw-b3-south";
        using var viewer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{Host.MqttPort}", "-u", camera, "-P", Host.Token(camera), "-q", "1", "-t", $"sc/v1/{camera}/event",
            "-m", """{"id":"by-hand-1","kind":"falling-object","confidence":0.93,"data":{"column":2,"floor":9}}""",
        ];
        using var publish = Process.Start("mosquitto_pub", arguments);
        await publish.WaitForExitAsync().WaitAsync(Eventually.Patience);
        publish.ExitCode.ShouldBe(0);
        var incident = await viewer.WaitForIncidentAsync(camera);
        ShouldBeTheFallingObject(incident, camera, "b3", "g1", "by-hand-1");
    }

    [FactIfInstalled("mosquitto_pub")]
    public async Task Mosquitto_pub_with_a_wrong_token_is_refused()
    {
        using var publish = Process.Start(new ProcessStartInfo(
            "mosquitto_pub",
            ["-h", "127.0.0.1", "-p", $"{Host.MqttPort}", "-u", "throw-b3-south", "-P", "wrong", "-q", "1", "-t", "sc/v1/throw-b3-south/event", "-m", "{}"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        await publish.WaitForExitAsync().WaitAsync(Eventually.Patience);
        publish.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task An_event_is_on_the_list_of_incidents_within_a_second()
    {
        const string camera = "throw-b6-north";
        using var viewer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        await using var device = await Host.ConnectAsync(camera);
        List<TimeSpan> delays = [];
        while (delays.Count < Attempts && !delays.Exists(delay => delay < Soon))
        {
            var column = delays.Count + 1;
            var clock = Stopwatch.StartNew();
            await device.SayEventAsync(camera, new { kind = "falling-object", confidence = 0.9, data = new { column } });
            await viewer.WaitForIncidentAsync(camera, incident => incident.Text("key")!.EndsWith($"/{column}", StringComparison.Ordinal));
            delays.Add(clock.Elapsed);
        }

        delays.ShouldContain(delay => delay < Soon, string.Join(", ", delays));
    }

    [Fact]
    public async Task A_published_event_is_an_incident_and_the_same_event_again_opens_nothing()
    {
        const string camera = "throw-b5-north";
        using var viewer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        await using var device = await Host.ConnectAsync(camera);
        object message = new { id = "e-1", kind = "falling-object", confidence = 0.9, data = new { column = 4, floor = 11 } };
        await device.SayEventAsync(camera, message);
        var incident = await viewer.WaitForIncidentAsync(camera);
        ShouldBeTheFallingObject(incident, camera, "b5", "g2", "e-1");

        // The second, different event proves that the repetition before it has been worked off.
        await device.SayEventAsync(camera, message);
        await device.SayEventAsync(camera, new { id = "e-2", kind = "falling-object", confidence = 0.9, data = new { column = 5 } });
        await Eventually.TrueAsync("the case of column 5", async () => (await viewer.IncidentsOfAsync(camera)).Count > 1);
        var all = await viewer.IncidentsOfAsync(camera);
        all.Count.ShouldBe(2);
        var first = all.Single(item => item.Id() == incident.Id());
        first.GetProperty("eventsInAll").GetInt32().ShouldBe(1);
        first.Version().ShouldBe(incident.Version());
    }

    [Fact]
    public async Task Three_people_handle_it_and_each_step_is_on_the_live_feed_in_order()
    {
        const string camera = "throw-b7-south";
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        using var checker = await ApiClient.SignInAsync(Host, People.Checker);
        using var officer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        using var live = await LiveReader.OpenAsync(officer, "?community=yunqi&building=b7");
        await using var device = await Host.ConnectAsync(camera);
        await device.SayEventAsync(camera, new { id = "e-7", kind = "falling-object", confidence = 0.97, data = new { column = 1, floor = 3 } });
        var id = (await handler.WaitForIncidentAsync(camera)).Id();

        (await handler.DoAsync(id, "accept")).Text("state").ShouldBe("InProgress");
        await handler.DoAsync(id, "arrive");
        (await handler.DoAsync(id, "feedback", new { note = "花盆已清理" })).Text("state").ShouldBe("Handled");
        var own = await handler.CommandAsync(id, "check", new { passed = true });
        own.Status.ShouldBe(HttpStatusCode.Forbidden, "whoever handled it may not check it");
        (await checker.DoAsync(id, "check", new { passed = true })).Text("state").ShouldBe("Checking");
        var closed = await officer.DoAsync(id, "close");
        closed.Text("state").ShouldBe("Closed");
        closed.GetProperty("open").GetBoolean().ShouldBeFalse();

        string[] steps = ["raise", "verify", "register", "dispatch", "accept", "arrive", "feedback", "check", "close"];
        Commands(closed).ShouldBe(steps);
        var actors = closed.GetProperty("transitions").EnumerateArray().Select(step => step.Text("actor")).ToArray();
        actors[4..].ShouldBe([People.Handler, People.Handler, People.Handler, People.Checker, People.DutyOfficer]);

        var rows = await live.IncidentsUntilAsync(row => row.State == "Closed");
        rows.Select(row => row.Incident).Distinct().ShouldBe([id]);
        rows.Select(row => row.Command).ShouldBe(steps);
        rows.Select(row => row.Id).ShouldBeInOrder(SortDirection.Ascending);
        rows.Select(row => row.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task A_failed_check_sends_it_back()
    {
        const string camera = "throw-b8-south";
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        using var checker = await ApiClient.SignInAsync(Host, People.Checker);
        await using var device = await Host.ConnectAsync(camera);
        await device.SayEventAsync(camera, new { kind = "falling-object", confidence = 0.97 });
        var id = (await handler.WaitForIncidentAsync(camera)).Id();
        await handler.DoAsync(id, "accept");
        await handler.DoAsync(id, "feedback", new { note = "done" });
        var back = await checker.DoAsync(id, "check", new { passed = false, note = "not done" });
        back.Text("state").ShouldBe("Registered");
        back.GetProperty("rework").GetInt32().ShouldBe(1);
    }

    private static IEnumerable<string> Commands(JsonElement incident) =>
        incident.GetProperty("transitions").EnumerateArray().Select(step => step.Text("command")!);

    private static void ShouldBeTheFallingObject(JsonElement incident, string camera, string building, string grid, string eventId)
    {
        incident.Text("kind").ShouldBe("falling-object");
        incident.Text("severity").ShouldBe("P1");
        incident.Text("community").ShouldBe("yunqi");
        incident.Text("building").ShouldBe(building);
        incident.Text("grid").ShouldBe(grid);
        incident.GetProperty("open").GetBoolean().ShouldBeTrue();
        incident.GetProperty("devices").EnumerateArray().Select(item => item.GetString()).ShouldBe([camera]);
        var cause = incident.GetProperty("events").EnumerateArray().ShouldHaveSingleItem();
        cause.Id().ShouldBe(eventId);
        cause.Text("device").ShouldBe(camera);
        cause.Text("kind").ShouldBe("falling-object");
        incident.GetProperty("why").Text("rule").ShouldBe("falling-object");
        incident.GetProperty("why").Text("text").ShouldNotBeNullOrWhiteSpace();
    }
}
