using System.Text;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Malformed;

/// <summary>Nonsense hurts nobody but whoever sends it.</summary>
public sealed class MalformedInputTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const int Seed = 20261120;
    private const int Count = 100;

    private HostProcess Host => demo.Host;

    [Fact]
    public async Task Malformed_payloads_are_dead_letters_with_their_reasons_and_change_nothing_else()
    {
        const string device = "throw-b6-north";
        const string bystander = "throw-b6-south";
        using var viewer = await ApiClient.SignInAsync(Host, People.Administrator);
        await using var other = await Host.ConnectAsync(bystander);
        await using var sender = await Host.ConnectAsync(device);
        var payloads = MalformedPayloads.Of(Seed, Count);
        foreach (var (index, (channel, payload)) in payloads.Index())
        {
            await sender.SayAsync(device, channel, payload);
            if (index == Count / 2)
            {
                await other.SayEventAsync(bystander, new { id = "between", kind = "falling-object", confidence = 0.9 });
            }
        }

        var letters = await WaitForLettersAsync(viewer, device);
        letters.Count.ShouldBe(Count);
        letters.ShouldAllBe(letter => !string.IsNullOrWhiteSpace(letter.Text("reason")) && letter.Text("decoder") == "native");
        letters.Select(PayloadOf).Order(StringComparer.Ordinal).ShouldBe(payloads.Select(item => Convert.ToHexString(item.Payload)).Order(StringComparer.Ordinal));
        letters.Single(letter => letter.Text("payload") == "perhaps-19").Text("reason").ShouldBe("the status is \"perhaps-19\"; it must be online or offline.");

        (await viewer.WaitForIncidentAsync(bystander)).GetProperty("events").EnumerateArray().ShouldHaveSingleItem().Id().ShouldBe("between");
        (await viewer.IncidentsOfAsync(device)).ShouldBeEmpty();
        sender.Completion.IsCompleted.ShouldBeFalse("a payload is no reason to hang up");
        other.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Malformed_packets_close_their_connection_only()
    {
        const string device = "throw-b4-south";
        const string bystander = "throw-b4-north";
        using var viewer = await ApiClient.SignInAsync(Host, People.Administrator);
        await using var other = await Host.ConnectAsync(bystander);
        foreach (var (index, (signedIn, bytes)) in MalformedPackets.Of(Seed, Count).Index())
        {
            var what = $"packet {index} of seed {Seed}: {Convert.ToHexString(bytes)}";
            await using var peer = await ScriptedPeer.ConnectAsync(Host.MqttPort);
            if (signedIn)
            {
                await peer.SendAsync(MalformedPackets.SignIn(device, Host.Token(device), $"bad-{index}"));
                (await peer.ExpectConnAckAsync()).Reason.ShouldBe(ReasonCode.Success, what);
            }

            await peer.SendAsync(bytes);
            await ShouldBeClosedAsync(peer, what);
        }

        other.Completion.IsCompleted.ShouldBeFalse();
        await other.SayEventAsync(bystander, new { id = "after", kind = "falling-object", confidence = 0.9 });
        (await viewer.WaitForIncidentAsync(bystander)).Text("building").ShouldBe("b4");
        (await viewer.IncidentsOfAsync(device)).Where(incident => incident.Text("kind") == "falling-object").ShouldBeEmpty();
    }

    // The server may say why: with a refusal or a goodbye, and nothing else.
    private static async Task ShouldBeClosedAsync(PeerConnection peer, string what)
    {
        try
        {
            while (await peer.NextAsync() is { } frame)
            {
                frame.Type.ShouldBeOneOf([PacketType.ConnAck, PacketType.Disconnect], what);
            }
        }
        catch (PeerException exception)
        {
            throw new InvalidOperationException(what, exception);
        }
    }

    private static async Task<List<JsonElement>> WaitForLettersAsync(ApiClient viewer, string device) =>
        await Eventually.GetAsync("a dead letter for each payload", async () =>
        {
            var letters = (await viewer.ListAsync("/api/v1/deadletters")).Where(letter => letter.Text("device") == device).ToList();
            return letters.Count >= Count ? letters : null;
        });

    private static string PayloadOf(JsonElement letter) =>
        Convert.ToHexString(letter.Text("payload") is { } text ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(letter.Text("payloadBase64")!));
}
