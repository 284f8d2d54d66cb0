using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Outbound;

/// <summary>Open incidents for sirens and displays: <c>sc/v1/incidents/{building|grid}/{incidentId}</c>, retained while open.</summary>
public sealed partial class OutboundTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private HostProcess Host => demo.Host;

    [Fact]
    public async Task An_incident_is_retained_while_it_is_open_and_gone_when_it_is_closed()
    {
        const string camera = "throw-b3-north";
        using var handler = await ApiClient.SignInAsync(Host, People.Handler);
        using var checker = await ApiClient.SignInAsync(Host, People.Checker);
        using var officer = await ApiClient.SignInAsync(Host, People.DutyOfficer);
        await using var listening = await SubscribeAsync("listening");
        await using var device = await Host.ConnectAsync(camera);
        await device.SayEventAsync(camera, new { kind = "falling-object", confidence = 0.9 });
        var id = (await handler.WaitForIncidentAsync(camera)).Id();
        var topic = $"sc/v1/incidents/b3/{id}";
        await ShouldHearAsync(listening, topic, json => json.Text("state") == "Dispatched");

        await using (var newcomer = await SubscribeAsync("newcomer"))
        {
            var retained = await NextAsync(newcomer);
            retained.Topic.Text.ShouldBe(topic);
            retained.Retain.ShouldBeTrue();
            JsonSerializer.Deserialize<JsonElement>(retained.Payload.Span).Text("severity").ShouldBe("P1");
        }

        await handler.DoAsync(id, "accept");
        await handler.DoAsync(id, "feedback", new { note = "done" });
        await checker.DoAsync(id, "check", new { passed = true });
        await officer.DoAsync(id, "close");
        await ShouldHearAsync(listening, topic, json => json.Text("state") == "Closed");

        // A second case proves to the late subscriber that there is no more than this one.
        await device.SayEventAsync(camera, new { kind = "falling-object", confidence = 0.9, data = new { column = 8 } });
        var next = await handler.WaitForIncidentAsync(camera, incident => incident.Id() != id);
        await ShouldHearAsync(listening, $"sc/v1/incidents/b3/{next.Id()}", json => json.Text("state") == "Dispatched");
        await using var late = await SubscribeAsync("late");
        (await NextAsync(late)).Topic.Text.ShouldBe($"sc/v1/incidents/b3/{next.Id()}");
    }

    [Fact]
    public async Task Each_reads_only_what_is_theirs()
    {
        await using var device = await Host.ConnectAsync("throw-b9-north");
        await Should.ThrowAsync<MqttSubscribeRefusedException>(() => device.SubscribeAsync("sc/v1/incidents/#"));
        await Should.ThrowAsync<MqttSubscribeRefusedException>(() => device.SubscribeAsync("#"));
        await using var display = await ConnectDisplayAsync("reads-only");
        await Should.ThrowAsync<MqttSubscribeRefusedException>(() => display.SubscribeAsync("sc/v1/+/event"));
    }

    private static async Task<MqttMessage> NextAsync(MqttClient client) => await client.Messages.ReadAsync().AsTask().WaitAsync(Eventually.Patience);

    private static async Task ShouldHearAsync(MqttClient client, string topic, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            var message = await NextAsync(client);
            if (message.Topic.Text == topic && !message.Payload.IsEmpty && isIt(JsonSerializer.Deserialize<JsonElement>(message.Payload.Span)))
            {
                return;
            }
        }
    }

    private async Task<MqttClient> SubscribeAsync(string name)
    {
        var client = await ConnectDisplayAsync(name);
        await client.SubscribeAsync("sc/v1/incidents/#");
        return client;
    }

    private async Task<MqttClient> ConnectDisplayAsync(string name)
    {
        // The account's token is in the banner, in a line that can be pasted.
        var line = await Eventually.GetAsync("the banner", () => Task.FromResult(DisplayToken().Match(Host.Output) is { Success: true } match ? match : null));
        return await MqttClient.ConnectAsync(new() { Port = Host.MqttPort, ClientId = name, UserName = "display", Password = line.Groups["token"].Value });
    }

    [GeneratedRegex(@"-u display -P (?<token>\S+)", RegexOptions.None, 1000)]
    private static partial Regex DisplayToken();
}
