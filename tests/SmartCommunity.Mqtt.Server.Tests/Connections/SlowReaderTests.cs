using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

/// <summary>Who does not read pays for it alone.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task ASubscriberThatDoesNotReadDelaysNobodyAndIsClosedAfterTheSendTimeout()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxQueuedMessages = 50 });
        await using var slow = await endpoint.ConnectAsync("slow");
        await slow.SubscribeAsync("t", qos: 0);
        await using var quick = await endpoint.ConnectAsync("quick");
        await quick.SubscribeAsync("t", qos: 0);
        await using var publisher = await endpoint.ConnectAsync("publisher");

        var payload = new string('x', 100_000);
        for (ushort i = 1; i <= 300; i++)
        {
            await publisher.PublishAsync("t", payload, qos: 1, packetId: i);
            (await publisher.ReadAsync()).ShouldNotBeNull();
            (await quick.ReadMessageAsync()).Text.Length.ShouldBe(100_000);
        }

        var seen = endpoint.Mqtt.Connections.Single(c => c.ClientId == "slow");
        seen.Queued.ShouldBe(50, "30 MB do not fit into the buffers of a socket, and the queue is bounded");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await TestEndpoint.UntilAsync(() =>
        {
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
            return endpoint.Mqtt.Connections.All(c => c.ClientId != "slow");
        });
        await publisher.PingAsync();
    }

    [Fact]
    public async Task APublisherThatDoesNotReadItsAnswersIsNotReadAnyMore()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxPendingAnswerBytes = 4096 });
        await using var rude = await endpoint.ConnectAsync("rude", MqttVersion.V500);
        var pings = Enumerable.Repeat<byte[]>([0xC0, 0], 32_768).SelectMany(p => p).ToArray();
        await Should.ThrowAsync<OperationCanceledException>(
            async () =>
            {
                for (var i = 0; i < 1_000; i++) await rude.SendAsync(pings, TimeSpan.FromSeconds(2));
            },
            "the sender gets stuck long before 64 MB, because the endpoint stops reading");
        await using var other = await endpoint.ConnectAsync("other");
        await other.PingAsync();
    }
}
