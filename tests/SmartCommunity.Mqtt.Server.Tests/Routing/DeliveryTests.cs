using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Routing;

public sealed class DeliveryTests
{
    private const QualityOfService Qos0 = QualityOfService.AtMostOnce;

    [Fact]
    public async Task FiltersSelectAndQualityIsTheLowerOfBoth()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var subscriber = await endpoint.ConnectAsync("s");
        (await subscriber.SubscribeAsync(
            new("exact", Qos0), new("a/+/c", QualityOfService.AtLeastOnce), new("x/#", QualityOfService.ExactlyOnce)))
            .ShouldBe([ReasonCode.Success, ReasonCode.GrantedQos1, ReasonCode.GrantedQos2]);
        await using var publisher = await endpoint.ConnectAsync("p");
        await publisher.PublishAsync("exact", "1", qos: 1, packetId: 1);
        await publisher.PublishAsync("exact/not", "-", qos: 1, packetId: 2);
        await publisher.PublishAsync("a/b/c", "2", qos: 1, packetId: 3);
        await publisher.PublishAsync("a/b", "-");
        await publisher.PublishAsync("x", "3", qos: 2, packetId: 4);
        await publisher.PublishAsync("x/y/z", "4");

        (string, int)[] expected = [("1", 0), ("2", 1), ("3", 2), ("4", 0)];
        foreach (var (text, qos) in expected)
        {
            var message = await subscriber.ReadMessageAsync();
            (message.Text, message.Qos, message.Retain).ShouldBe((text, qos, false));
        }

        await subscriber.PingAsync();
    }

    [Fact]
    public async Task SystemTopicsStayAwayFromLeadingWildcards()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var subscriber = await endpoint.ConnectAsync("s");
        await subscriber.SubscribeAsync("#");
        await endpoint.Mqtt.PublishAsync("$SYS/x", "no"u8.ToArray());
        await endpoint.Mqtt.PublishAsync("a", "yes"u8.ToArray());
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("yes");
    }

    [Fact]
    public async Task UnsubscribingStopsAndAnswersWhetherThereWasASubscription()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500);
        await subscriber.SubscribeAsync("a");
        await endpoint.Mqtt.PublishAsync("a", "1"u8.ToArray());
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("1");
        await subscriber.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new UnsubscribePacket(5, ["a", "b"])));
        (await subscriber.ReadAsync()).ShouldBeOfType<UnsubAckPacket>().Reasons.ShouldBe([ReasonCode.Success, ReasonCode.NoSubscriptionExisted]);
        await endpoint.Mqtt.PublishAsync("a", "2"u8.ToArray());
        await subscriber.PingAsync();
    }

    [Fact]
    public async Task ForbiddenAndTooManySubscriptionsAreRefusedEachForItself()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxSubscriptionsPerSession = 1 });
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500);
        (await subscriber.SubscribeAsync(
            new("secret/#", Qos0), new("$share/g/secret/a", Qos0), new("a", Qos0), new("b", Qos0), new("a", QualityOfService.AtLeastOnce)))
            .ShouldBe([ReasonCode.UnspecifiedError, ReasonCode.UnspecifiedError, ReasonCode.Success,
                ReasonCode.QuotaExceeded, ReasonCode.GrantedQos1]);
        await using var old = await endpoint.ConnectAsync("o");
        (await old.SubscribeAsync("secret/#")).ShouldBe([ReasonCode.UnspecifiedError]);
    }

    [Fact]
    public async Task OverlappingSubscriptionsBringAMessageOnceWithAllIdentifiers()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500);
        foreach (var (filter, qos, id) in new[] { ("a/#", 0, 3), ("a/+", 1, 4) })
        {
            await subscriber.SendAsync(o => Writing.PacketWriter.Write(
                o, MqttVersion.V500, new SubscribePacket(1, [new(filter, (QualityOfService)qos)]) { SubscriptionIdentifier = id }));
            await subscriber.ReadAsync();
        }

        await endpoint.Mqtt.PublishAsync("a/b", "x"u8.ToArray());
        var message = await subscriber.ReadMessageAsync();
        message.Qos.ShouldBe(1);
        message.Properties!.SubscriptionIdentifiers.Order().ShouldBe([3, 4]);
        await subscriber.PingAsync();
    }

    [Fact]
    public async Task NoLocalAndRetainAsPublished()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var self = await endpoint.ConnectAsync("self", MqttVersion.V500);
        await self.SubscribeAsync(new SubscriptionRequest("a", QualityOfService.AtMostOnce, NoLocal: true, RetainAsPublished: true));
        await self.PublishAsync("a", "own");
        await self.PingAsync();
        await using var other = await endpoint.ConnectAsync("other", MqttVersion.V500);
        await other.PublishAsync("a", "foreign", retain: true);
        var message = await self.ReadMessageAsync();
        (message.Text, message.Retain).ShouldBe(("foreign", true));
    }

    [Fact]
    public async Task PropertiesTravelBetweenMqtt5ClientsAndExpiryCountsDown()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Func<ConnectPacket, ConnectPacket> lasting = c => c with { CleanStart = false, SessionExpiryInterval = 1000 };
        await using (var away = await endpoint.ConnectAsync("s", MqttVersion.V500, lasting)) await away.SubscribeAsync("a");
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        await using var publisher = await endpoint.ConnectAsync("p", MqttVersion.V500);
        var properties = new PublishProperties { ContentType = "application/json", ResponseTopic = "r", UserProperties = [new("k", "v")] };
        await publisher.PublishAsync("a", "short", qos: 1, packetId: 1, properties: properties with { MessageExpiryInterval = 10 });
        await publisher.PublishAsync("a", "long", qos: 1, packetId: 2, properties: properties with { MessageExpiryInterval = 100 });
        await publisher.ReadAsync();
        await publisher.ReadAsync();
        endpoint.Receiver.All[0].Message.ContentType.ShouldBe("application/json");

        endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500, lasting);
        var message = await subscriber.ReadMessageAsync();
        message.Text.ShouldBe("long");
        message.Properties!.MessageExpiryInterval.ShouldBe(70u);
        message.Properties.ContentType.ShouldBe("application/json");
        message.Properties.ResponseTopic.ShouldBe("r");
        message.Properties.UserProperties.Single().Name.ShouldBe("k");
    }

    [Fact]
    public async Task TopicAliasesAreResolved()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.SendAsync(o =>
        {
            Writing.PacketWriter.Write(o, MqttVersion.V500, new OutgoingPublish { Topic = "long/topic"u8, TopicAlias = 2, Payload = "1"u8 });
            Writing.PacketWriter.Write(o, MqttVersion.V500, new OutgoingPublish { Topic = [], TopicAlias = 2, Payload = "2"u8 });
        });
        await client.PingAsync();
        endpoint.Receiver.All.Select(r => r.Message.Topic + r.Text).ShouldBe(["long/topic1", "long/topic2"]);
    }

    [Fact]
    public async Task TheClientsReceiveMaximumAndPacketSizeHold()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var subscriber = await endpoint.ConnectAsync("s", MqttVersion.V500, c => c with { ReceiveMaximum = 2, MaximumPacketSize = 50 });
        await subscriber.SubscribeAsync("a");
        await endpoint.Mqtt.PublishAsync("a", new byte[100]);
        for (var i = 1; i <= 3; i++) await endpoint.Mqtt.PublishAsync("a", new[] { (byte)('0' + i) });
        var first = await subscriber.ReadMessageAsync();
        first.Text.ShouldBe("1");
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("2");
        await subscriber.PingAsync();
        await subscriber.AckAsync(PacketType.PubAck, first.PacketId);
        (await subscriber.ReadMessageAsync()).Text.ShouldBe("3");
    }

    [Fact]
    public async Task ExactlyOnceOutwardsSurvivesALostConnectionAtEachStep()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Func<ConnectPacket, ConnectPacket> lasting = c => c with { CleanStart = false };
        await using var first = await endpoint.ConnectAsync("s", with: lasting);
        await first.SubscribeAsync("a", qos: 2);
        await endpoint.Mqtt.PublishAsync("a", "x"u8.ToArray(), QualityOfService.ExactlyOnce);
        var message = await first.ReadMessageAsync();
        first.Drop();

        await using var second = await endpoint.ConnectAsync("s", with: lasting);
        (await second.ReadMessageAsync()).ShouldBe(message with { Duplicate = true });
        await second.AckAsync(PacketType.PubRec, message.PacketId);
        (await second.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRel, message.PacketId));
        second.Drop();

        await using var third = await endpoint.ConnectAsync("s", with: lasting);
        (await third.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRel, message.PacketId));
        await third.AckAsync(PacketType.PubComp, message.PacketId);
        await third.PingAsync();
        third.Drop();

        await using var fourth = await endpoint.ConnectAsync("s", with: lasting);
        await fourth.PingAsync();
    }
}
