using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Bridge;

/// <summary>A site has a broker of its own, and devices that know nothing of us: the gateway takes what they say there, through any crash of its own.</summary>
public sealed class BridgeTests : IDisposable
{
    private const int Count = 200;

    // The falling-object cameras of the sample community: each event in a column of its own opens a case of its own.
    private static readonly string[] Cameras = ["throw-b1-south", "throw-b4-north", "throw-b6-south", "throw-b10-south"];

    private readonly TemporaryFolder _folder = new();
    private int _said;

    public void Dispose() => _folder.Dispose();

    [FactIfInstalled("mosquitto")]
    public async Task Every_event_arrives_once_although_the_gateway_is_killed_in_the_middle()
    {
        await using var broker = await MosquittoBroker.StartAsync(["max_queued_messages 100000"]);
        var options = WriteOptions(broker);
        var sent = new List<SentEvent>();
        await using (var host = await HostProcess.StartDemoAsync(_folder["data"], options))
        {
            // Until the gateway has subscribed, the broker keeps nothing for it.
            await Eventually.TrueAsync("the bridge", () => Task.FromResult(host.Output.Contains("Bridge site is connected", StringComparison.Ordinal)));
            await using var site = await MqttClient.ConnectAsync(new() { Port = broker.Port, ClientId = "site" });
            await ShouldTakeAsync(host, site);
            for (var i = 0; i < Count / 4; i++) sent.Add(await SayAsync(site, i));
            var rest = SayRestAsync(site, sent);
            // In the middle: some are journaled and not acknowledged, some are on their way, most have not been said.
            await Eventually.TrueAsync("half of it", () => Task.FromResult(Volatile.Read(ref _said) >= Count / 2));
            await host.KillAsync();
            await rest;
        }

        sent.Count.ShouldBe(Count);
        await using (var host = await HostProcess.StartDemoAsync(_folder["data"], options))
        {
            await ShouldShowAllAsync(host, sent);
            (await host.StopAsync(Eventually.Patience)).ShouldBe(0);
        }

        await ShouldHoldEachOnceAsync(sent);
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_configuration_that_is_wrong_stops_the_start_and_says_everything()
    {
        var file = _folder["bridges.json"];
        await File.WriteAllTextAsync(file, """{"Bridges":[{"Name":"a b","Url":"ftp://x","Topics":[{"Filter":"x/#/y"}]}]}""");
        var (exitCode, _, error) = await HostProcess.RunAsync(
            Eventually.Patience, "demo", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--devices", "0", "--data", _folder["data"], "--bridges", file);
        exitCode.ShouldBe(2);
        foreach (var path in new[] { "Bridges:0:Name", "Bridges:0:Url", "Bridges:0:Topics:0:Filter" }) error.ShouldContain(path);
    }

    private string[] WriteOptions(MosquittoBroker broker)
    {
        var file = _folder["bridges.json"];
        var bridges = new
        {
            Bridges = new[]
            {
                new { Name = "site", Url = $"mqtt://127.0.0.1:{broker.Port}", Topics = new[] { new { Filter = "sc/v1/+/event" } } },
            },
        };
        File.WriteAllText(file, JsonSerializer.Serialize(bridges));
        return ["--devices", "0", "--bridges", file];
    }

    // The connection stands a moment before the subscription does; an event that is seen proves both.
    private static async Task ShouldTakeAsync(HostProcess host, MqttClient site)
    {
        const string camera = "throw-b9-south";
        using var viewer = await ApiClient.SignInAsync(host, People.Administrator);
        await Eventually.TrueAsync("the first event", async () =>
        {
            await site.SayEventAsync(camera, new { id = "first", kind = "falling-object", confidence = 0.9, data = new { column = 1 } });
            return (await viewer.IncidentsOfAsync(camera)).Count > 0;
        });
    }

    private async Task SayRestAsync(MqttClient site, List<SentEvent> sent)
    {
        while (sent.Count < Count) sent.AddRange(await Task.WhenAll(Enumerable.Range(sent.Count, 10).Select(number => SayAsync(site, number))));
    }

    private async Task<SentEvent> SayAsync(MqttClient site, int number)
    {
        var item = new SentEvent(Cameras[number % Cameras.Length], $"bridged-{number}", number + 1);
        await site.SayEventAsync(item.Device, new { id = item.Id, kind = "falling-object", confidence = 0.9, data = new { column = item.Column } });
        Interlocked.Increment(ref _said);
        return item;
    }

    private static async Task ShouldShowAllAsync(HostProcess host, List<SentEvent> sent)
    {
        using var viewer = await ApiClient.SignInAsync(host, People.Administrator);
        await Eventually.TrueAsync("an incident for each event", async () =>
        {
            var there = (await viewer.ListAsync("/api/v1/incidents")).SelectMany(incident => incident.GetProperty("events").EnumerateArray())
                .Select(item => (item.Text("device"), item.Id())).ToHashSet();
            return sent.TrueForAll(item => there.Contains((item.Device, item.Id)));
        });
    }

    private async Task ShouldHoldEachOnceAsync(List<SentEvent> sent)
    {
        await using var stored = StoredData.Open(_folder["data"]);
        foreach (var camera in Cameras)
        {
            // It fails when one is stored twice.
            var events = await stored.EventsAsync(camera);
            events.Order().ShouldBe(sent.Where(item => item.Device == camera).Select(item => item.Id).Order());
        }

        var incidents = (await stored.IncidentsAsync()).Where(incident => incident.Devices.Any(device => Cameras.Contains(device.Value))).ToList();
        incidents.Select(incident => (incident.Devices.ShouldHaveSingleItem().Value, incident.Events.ShouldHaveSingleItem().Id)).Order()
            .ShouldBe(sent.Select(item => (item.Device, item.Id)).Order());
        incidents.ShouldAllBe(incident => incident.EventsInAll == 1);
    }
}
