using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Api.Tests.DeadLetters;

public sealed class DeadLetterTests
{
    [Fact]
    public async Task Text_is_shown_as_text_and_bytes_as_base64()
    {
        await using var server = await ApiServer.StartAsync();
        Add(server, 1, "w-cam1", "{\"kind\":\"nonsense\"}"u8.ToArray(), "kind 'nonsense' is not known");
        Add(server, 2, "w-cam1", [0xFF, 0x00, 0xD8], "is not UTF-8");
        using var client = server.As("worker");
        var list = await client.GetJsonAsync("/api/v1/deadletters");
        list.GetProperty("total").GetInt64().ShouldBe(2);
        var items = list.GetProperty("items");
        items[0].GetProperty("payload").GetString().ShouldBeNull();
        items[0].GetProperty("payloadBase64").GetString().ShouldBe("/wDY");
        items[1].GetProperty("payload").GetString().ShouldBe("{\"kind\":\"nonsense\"}");
        items[1].GetProperty("payloadBase64").GetString().ShouldBeNull();
        items[1].GetProperty("reason").GetString().ShouldBe("kind 'nonsense' is not known");
        items[1].GetProperty("topic").GetString().ShouldBe("sc/v1/w-cam1/event");
        items[1].GetProperty("sequence").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Letters_of_other_communities_and_of_no_device_are_for_administrators()
    {
        await using var server = await ApiServer.StartAsync();
        Add(server, 1, "w-cam1", [1], "a");
        Add(server, 2, "m-smoke", [1], "b");
        Add(server, 3, null, [1], "c");
        using var worker = server.As("worker");
        (await worker.GetJsonAsync("/api/v1/deadletters")).GetProperty("items").Strings("reason").ShouldBe(["a"]);
        using var admin = server.As("admin");
        (await admin.GetJsonAsync("/api/v1/deadletters?limit=2")).GetProperty("items").Strings("reason").ShouldBe(["c", "b"]);
        (await admin.GetJsonAsync("/api/v1/deadletters?limit=2&cursor=2")).GetProperty("items").Strings("reason").ShouldBe(["a"]);
        await (await admin.GetAsync("/api/v1/deadletters?limit=0")).ProblemAsync(400, "invalid-input");
        await (await admin.GetAsync("/api/v1/deadletters?cursor=x")).ProblemAsync(400, "invalid-input");
    }

    private static void Add(ApiServer server, long sequence, string? device, byte[] payload, string reason) =>
        server.Get<FakeDeadLetterStore>().Letters.Add(new StoredDeadLetter(
            "gw-1", sequence, server.Time.GetUtcNow().AddSeconds(sequence),
            new DeadLetter($"sc/v1/{device ?? "x"}/event", payload, device is null ? null : DeviceId.Parse(device), "native", reason)));
}
