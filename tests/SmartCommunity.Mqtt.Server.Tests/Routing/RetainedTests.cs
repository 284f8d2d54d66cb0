using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Routing;

public sealed class RetainedTests
{
    private const QualityOfService Qos0 = QualityOfService.AtMostOnce;

    [Fact]
    public async Task NewSubscribersGetTheLastOneAndAnEmptyPayloadForgetsIt()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var publisher = await endpoint.ConnectAsync("p");
        await publisher.PublishAsync("sc/v1/incidents/b1/1", "old", retain: true);
        await publisher.PublishAsync("sc/v1/incidents/b1/1", "open", qos: 1, packetId: 1, retain: true);
        await publisher.ReadAsync();
        await endpoint.Mqtt.PublishAsync("sc/v1/incidents/b2/2", "open too"u8.ToArray(), retain: true);

        await using var subscriber = await endpoint.ConnectAsync("s");
        await subscriber.SubscribeAsync("sc/v1/incidents/+/1");
        var message = await subscriber.ReadMessageAsync();
        (message.Text, message.Retain, message.Qos).ShouldBe(("open", true, 1));
        await subscriber.PingAsync();
        await subscriber.SubscribeAsync("sc/v1/incidents/b2/2", qos: 0);
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("open too");

        await endpoint.Mqtt.PublishAsync("sc/v1/incidents/b1/1", default, retain: true);
        var closed = await subscriber.ReadMessageAsync();
        (closed.Text, closed.Retain).ShouldBe(("", false));
        await using var late = await endpoint.ConnectAsync("l");
        await late.SubscribeAsync("sc/v1/incidents/b1/#");
        await late.PingAsync();
    }

    [Fact]
    public async Task RetainHandlingDecidesWhatASubscriptionBrings()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await endpoint.Mqtt.PublishAsync("a", "r"u8.ToArray(), retain: true);
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500);
        await subscriber.SubscribeAsync(new SubscriptionRequest("a", Qos0, RetainHandling: RetainHandling.SendNever));
        await subscriber.PingAsync();
        await subscriber.SubscribeAsync(new SubscriptionRequest("a", Qos0, RetainHandling: RetainHandling.SendWhenNew));
        await subscriber.PingAsync();
        await subscriber.SubscribeAsync(new SubscriptionRequest("a", Qos0, RetainHandling: RetainHandling.SendAlways));
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("r");
        await subscriber.SubscribeAsync(new SubscriptionRequest("+", Qos0, RetainHandling: RetainHandling.SendWhenNew));
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("r");
    }

    [Fact]
    public async Task ManyRetainedMessagesAllComeThoughTheQueueIsShort()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxQueuedMessages = 10, MaxInFlight = 5 });
        for (var i = 0; i < 500; i++) await endpoint.Mqtt.PublishAsync($"t/{i}", "r"u8.ToArray(), retain: true);
        await using var subscriber = await endpoint.ConnectAsync("s");
        await subscriber.SubscribeAsync("t/#");
        var topics = new HashSet<string>(StringComparer.Ordinal);
        while (topics.Count < 500)
        {
            var message = await subscriber.ReadMessageAsync();
            topics.Add(message.Topic).ShouldBeTrue();
            await subscriber.AckAsync(PacketType.PubAck, message.PacketId);
        }
    }

    [Fact]
    public async Task ThereIsALimitAndAStaleMessageIsNotKept()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxRetainedMessages = 2, MaxRetainedBytes = 1_000 });
        foreach (var topic in new[] { "a", "b", "c" }) await endpoint.Mqtt.PublishAsync(topic, "1"u8.ToArray(), retain: true);
        await endpoint.Mqtt.PublishAsync("b", new byte[2_000], retain: true);
        await using var subscriber = await endpoint.ConnectAsync("s");
        await subscriber.SubscribeAsync("#");
        (await subscriber.ReadMessageAsync()).Topic.ShouldBe("a");
        await subscriber.PingAsync();
    }
}
