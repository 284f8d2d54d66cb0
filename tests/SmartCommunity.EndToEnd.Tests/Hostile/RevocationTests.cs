using System.Net.Http.Json;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>A token that is revoked ends what was signed in with it, and nothing that waited is delivered to whoever comes back.</summary>
[Collection(Attacks.Name)]
public sealed class RevocationTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b11-lobby";
    private static readonly byte[] Sample = """{"values":{"battery":50}}"""u8.ToArray();

    [Fact]
    public Task Nothing_is_delivered_after_revocation() => besieged.WithstandAsync(async () =>
    {
        using var administrator = await ApiClient.SignInAsync(besieged.Host, People.Administrator);
        var intruder = besieged.Intruder(Device, await IssueTokenAsync(administrator));
        var lasting = intruder.Credentials() with { CleanStart = false, SessionExpiryInterval = 600 };
        await using (var absent = await intruder.EnterAsync(lasting)) await SubscribeAsync(absent);
        await using var connected = await intruder.EnterAsync(intruder.Credentials() with { ReceiveMaximum = 1, SessionExpiryInterval = 600 });
        await SubscribeAsync(connected);
        await using var sender = await intruder.EnterAsync();
        await Pace.KeepInTurnAsync(100, async _ =>
        {
            await sender.SendAsync(Raw.Publish(intruder.Telemetry, Sample, 1, 1, flags: 1));
            await sender.ExpectAckAsync();
        });

        (await administrator.Http.DeleteAsync($"/api/v1/devices/{Device}/tokens")).EnsureSuccessStatusCode();

        // It never acknowledged, so that one message had come; the others waited, and go nowhere.
        await connected.ExpectPublishAsync();
        (await connected.ExpectDisconnectAsync()).Reason.ShouldBe(ReasonCode.AdministrativeAction);
        await connected.ShouldBeCutOffAsync("a connection whose token was revoked");
        await sender.ShouldBeSentAwayAsync(ReasonCode.AdministrativeAction, "the sender");
        await using (var again = await intruder.DialAsync())
        {
            await again.SendAsync(lasting);
            await again.ShouldBeRefusedAsync(ReasonCode.BadUserNameOrPassword, "the revoked token");
        }

        var renewed = besieged.Intruder(Device, await IssueTokenAsync(administrator));
        await using var back = await renewed.DialAsync();
        await back.SendAsync(renewed.Credentials() with { ClientId = lasting.ClientId, CleanStart = false, SessionExpiryInterval = 600 });
        (await back.ExpectConnAckAsync()).SessionPresent.ShouldBeFalse("what waited for the revoked token is gone");
        await back.PingAsync();
        await back.ExpectAsync(PacketType.PingResp);
    }, output);

    private static async Task SubscribeAsync(PeerConnection peer)
    {
        await peer.SendAsync(Raw.Subscribe(1, $"sc/v1/{Device}/#"));
        (await peer.ExpectSubAckAsync()).Reasons.ShouldHaveSingleItem().IsError().ShouldBeFalse();
    }

    // One that replaces all others.
    private static async Task<string> IssueTokenAsync(ApiClient administrator)
    {
        using var answer = await administrator.Http.PostAsync($"/api/v1/devices/{Device}:issue-token", content: null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("token")!;
    }
}
