using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.EndToEnd.Tests.Accounts;

/// <summary>Accounts over the real endpoint: their rules, and what ends when they do.</summary>
public sealed class AccountTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Neither_what_is_queued_nor_what_is_retained_reaches_a_revoked_account()
    {
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        var sender = await admin.MakeAccountAsync("q-sender", "integration", publish: ["q/#"]);
        var token = await admin.MakeAccountAsync("q-reader", "subscriber", subscribe: ["q/#"]);
        var reader = demo.Host.As("q-reader", token, "q-reader").Lasting();
        await using (var absent = await MqttClient.ConnectAsync(reader))
        {
            await absent.SubscribeAsync("q/#");
            await absent.DisconnectAsync(sessionExpiry: TimeSpan.FromHours(1));
        }

        await using var publisher = await MqttClient.ConnectAsync(demo.Host.As("q-sender", sender, "q-sender"));
        await publisher.SayAsync("q/waits", "for nobody");
        await publisher.SayAsync("q/kept", "for nobody", retain: true);
        await admin.SendAsync(HttpMethod.Delete, "accounts/q-reader/tokens");
        await reader.ShouldBeRefusedAsync();

        // With another token the account is as new; with other rules it may not even ask.
        await admin.SendAsync(HttpMethod.Put, "accounts/q-reader", new { kind = "subscriber", subscribe = new[] { "q/late" } });
        var renewed = (await admin.SendAsync(HttpMethod.Post, "accounts/q-reader/tokens")).Text("token")!;
        await using var back = await MqttClient.ConnectAsync(reader with { Password = renewed });
        back.ConnAck.SessionPresent.ShouldBeFalse();
        await Should.ThrowAsync<MqttSubscribeRefusedException>(() => back.SubscribeAsync("q/#"));
        await back.SubscribeAsync("q/late");
        await publisher.SayAsync("q/late", "first of all");
        (await back.NextAsync()).Topic.Text.ShouldBe("q/late");
    }

    [Fact]
    public async Task New_rules_end_subscriptions_that_are_there()
    {
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        var sender = await admin.MakeAccountAsync("r-sender", "integration", publish: ["r/#"]);
        var token = await admin.MakeAccountAsync("r-reader", "integration", subscribe: ["r/#"]);
        await using var publisher = await MqttClient.ConnectAsync(demo.Host.As("r-sender", sender, "r-sender"));
        await using var reader = await MqttClient.ConnectAsync(demo.Host.As("r-reader", token, "r-reader"));
        await reader.SubscribeAsync("r/secret");
        await reader.SubscribeAsync("r/open");
        await publisher.SayAsync("r/secret", "1");
        (await reader.NextAsync()).Topic.Text.ShouldBe("r/secret");

        await admin.SendAsync(HttpMethod.Put, "accounts/r-reader", new { kind = "integration", subscribe = new[] { "r/open" } });
        await publisher.SayAsync("r/secret", "2");
        await publisher.SayAsync("r/open", "3");
        (await reader.NextAsync()).Topic.Text.ShouldBe("r/open");
    }

    [Fact]
    public async Task A_disabled_account_is_out_until_it_is_enabled()
    {
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        var token = await admin.MakeAccountAsync("panel", "integration", subscribe: ["p/#"]);
        var panel = demo.Host.As("panel", token, "panel");
        await using var client = await MqttClient.ConnectAsync(panel);
        await admin.SendAsync(HttpMethod.Put, "accounts/panel", new { kind = "integration", enabled = false });
        await client.ShouldBeClosedAsync();
        await panel.ShouldBeRefusedAsync();
        await admin.SendAsync(HttpMethod.Put, "accounts/panel", new { kind = "integration", enabled = true });
        await using var again = await MqttClient.ConnectAsync(panel);
        await admin.SendAsync(HttpMethod.Delete, "accounts/panel");
        await again.ShouldBeClosedAsync();
        await panel.ShouldBeRefusedAsync();
    }

    [Fact]
    public async Task A_gateway_speaks_for_the_device_that_the_topic_names()
    {
        const string camera = "throw-b5-north";
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        using var viewer = await ApiClient.SignInAsync(demo.Host, People.DutyOfficer);
        var token = await admin.MakeAccountAsync("site-7", "gateway", publish: ["sc/v1/+/event"]);
        await using var gateway = await MqttClient.ConnectAsync(demo.Host.As("site-7", token, "site-7"));
        await gateway.SayEventAsync(camera, new { id = "by-gateway", kind = "falling-object", confidence = 0.9 });
        (await viewer.WaitForIncidentAsync(camera)).GetProperty("events").EnumerateArray().ShouldHaveSingleItem().Id().ShouldBe("by-gateway");
        foreach (var topic in (string[])[$"sc/v1/{camera}/telemetry", "sc/v1/incidents/event"])
        {
            (await Should.ThrowAsync<MqttPublishRefusedException>(() => gateway.SayAsync(topic, "{}"))).Reason.ShouldBe(ReasonCode.NotAuthorized);
        }
    }

    [Fact]
    public async Task An_account_without_a_credential_can_not_sign_in()
    {
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        await admin.SendAsync(HttpMethod.Post, "accounts", new { name = "bare", kind = "integration", publish = new[] { "#" } });
        await demo.Host.As("bare", "", "bare").ShouldBeRefusedAsync();
        await (demo.Host.As("bare", "", "bare") with { Password = null }).ShouldBeRefusedAsync();
    }
}
