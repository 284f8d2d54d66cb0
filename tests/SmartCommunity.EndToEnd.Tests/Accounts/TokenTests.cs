using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;

namespace SmartCommunity.EndToEnd.Tests.Accounts;

/// <summary>Tokens of devices over the real endpoint: two at once, and revoked at once.</summary>
public sealed class TokenTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task A_revoked_token_closes_its_own_connections_and_the_other_token_still_works()
    {
        const string device = "door-b1-lobby";
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        var tokens = $"devices/{device}/tokens";
        var oldId = (await admin.SendAsync(HttpMethod.Get, tokens)).GetProperty("items")[0].Id();
        var fresh = (await admin.SendAsync(HttpMethod.Post, tokens)).Text("token")!;
        var withOld = demo.Host.As(device, demo.Host.Token(device), "with-old");
        var withNew = demo.Host.As(device, fresh, "with-new");
        await using var old = await MqttClient.ConnectAsync(withOld);
        await using var renewed = await MqttClient.ConnectAsync(withNew);

        (await admin.SendAsync(HttpMethod.Delete, $"{tokens}/{oldId}")).GetProperty("revoked")[0].GetString().ShouldBe(oldId);
        await old.ShouldBeClosedAsync();
        await withOld.ShouldBeRefusedAsync();
        await renewed.SaySampleAsync(device, Ledger.Metric, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1);
        await using var again = await MqttClient.ConnectAsync(withNew with { ClientId = "again" });
        await Eventually.TrueAsync(
            "the use of the new token", async () => (await admin.SendAsync(HttpMethod.Get, tokens)).GetProperty("items")[0].Text("lastUsedAt") is not null);
    }

    [Fact]
    public async Task The_first_use_of_the_new_token_sets_the_end_of_the_old_one()
    {
        const string device = "door-b2-lobby";
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        var fresh = (await admin.SendAsync(HttpMethod.Post, $"devices/{device}/tokens", new { rotate = "first-use", after = "1h" })).Text("token")!;
        (await admin.SendAsync(HttpMethod.Get, $"devices/{device}/tokens")).GetProperty("items")[0].Text("expiresAt").ShouldBeNull();
        await using var client = await MqttClient.ConnectAsync(demo.Host.As(device, fresh, device));
        await Eventually.TrueAsync(
            "the end of the old token", async () => (await admin.SendAsync(HttpMethod.Get, $"devices/{device}/tokens")).GetProperty("items")[0].Text("expiresAt") is not null);
        await using var old = await MqttClient.ConnectAsync(demo.Host.As(device, demo.Host.Token(device), "old"));
    }

    [Fact]
    public async Task Connections_are_listed_with_their_token_and_can_be_closed()
    {
        const string device = "door-b3-lobby";
        using var admin = await ApiClient.SignInAsync(demo.Host, People.Administrator);
        await using var client = await MqttClient.ConnectAsync(demo.Host.As(device, demo.Host.Token(device), "to-be-closed"));
        var seen = (await admin.ListAsync($"/api/v1/connections?account={device}")).ShouldHaveSingleItem();
        seen.Text("clientId").ShouldBe("to-be-closed");
        seen.Text("transport").ShouldBe("tcp");
        var token = (await admin.SendAsync(HttpMethod.Get, $"devices/{device}/tokens")).GetProperty("items")[0];
        seen.Text("credential").ShouldBe(token.Id());

        await admin.SendAsync(HttpMethod.Delete, "connections/to-be-closed");
        await client.ShouldBeClosedAsync();
        (await admin.ListAsync($"/api/v1/connections?account={device}")).ShouldBeEmpty();
    }
}
