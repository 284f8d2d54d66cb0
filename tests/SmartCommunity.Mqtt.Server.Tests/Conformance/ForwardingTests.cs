using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Conformance;

/// <summary>What of a message reaches a subscriber, and how.</summary>
public sealed class ForwardingTests
{
    private static readonly PublishProperties Everything = new()
    {
        PayloadIsUtf8 = true,
        ContentType = "text/plain",
        ResponseTopic = "answers/1",
        CorrelationData = [1, 0, 2],
        UserProperties = [new("b", "1"), new("a", "2"), new("b", "1"), new("", "")],
    };

    [Fact]
    public async Task PropertiesAreSentUnalteredAndUserPropertiesInTheirOrder()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SubscribeAsync("t", 0);
        await client.PublishAsync("t", "x", properties: Everything);
        ShouldBeEverything((await client.ReadMessageAsync()).Properties!);
    }

    [Fact]
    public async Task TheWillsPropertiesAreSentUnalteredToo()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var watcher = await endpoint.ConnectAsync("watcher", MqttVersion.V500);
        await watcher.SubscribeAsync("will", 0);
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500, c => c with
        {
            Will = new WillMessage("will", "x"u8.ToArray(), QualityOfService.AtMostOnce, Retain: false) { Properties = Everything },
        });
        client.Drop();
        ShouldBeEverything((await watcher.ReadMessageAsync()).Properties!);
    }

    [Fact]
    public async Task AnAliasReplacesTheTopicOfLaterMessagesForWhoTakesAliases()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500, c => c with { TopicAliasMaximum = 1 });
        await client.SubscribeAsync("#", 0);
        (string Topic, string Bytes)[] expected =
        [
            ("a/b", "300A 0003 612F62 03 230001 78"), ("a/b", "3007 0000 03 230001 78"), ("c", "3005 0001 63 00 78"), ("a/b", "3007 0000 03 230001 78"),
        ];
        foreach (var (topic, bytes) in expected)
        {
            await endpoint.Mqtt.PublishAsync(topic, "x"u8.ToArray());
            Convert.ToHexString(await client.ReceiveOnceAsync()).ShouldBe(bytes.Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WithoutLeaveThereAreNoAliases()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SubscribeAsync("t", 0);
        for (var i = 0; i < 2; i++)
        {
            await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray());
            Convert.ToHexString(await client.ReceiveOnceAsync()).ShouldBe("30050001740078");
        }
    }

    [Fact]
    public async Task TopicsAndFiltersAreComparedCharacterByCharacter()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.SubscribeAsync("\uFEFFA/é", 0);
        foreach (var topic in new[] { "A/é", "\uFEFFa/é", "\uFEFFA/e\u0301", "\uFEFFA/é/", "/\uFEFFA/é" }) await client.PublishAsync(topic, "no");
        await client.PublishAsync("\uFEFFA/é", "yes");
        var message = await client.ReadMessageAsync();
        (message.Topic, message.Text).ShouldBe(("\uFEFFA/é", "yes"));
    }

    [Fact]
    public async Task UnsubscribingLetsWhatIsInFlightFinish()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SubscribeAsync("t", 2);
        await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray(), QualityOfService.ExactlyOnce);
        var id = (await client.ReadMessageAsync()).PacketId;
        await client.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new UnsubscribePacket(5, ["t"])));
        (await client.ReadAsync()).ShouldBeOfType<UnsubAckPacket>().PacketId.ShouldBe((ushort)5);
        await endpoint.Mqtt.PublishAsync("t", "no more"u8.ToArray());
        await client.AckAsync(PacketType.PubRec, id);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRel, id));
        await client.AckAsync(PacketType.PubComp, id);
        await client.PingAsync();
    }

    [Fact]
    public async Task ASecondSubscriptionToTheSameFilterReplacesTheFirstAndBringsRetainedAgain()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await endpoint.Mqtt.PublishAsync("t", "kept"u8.ToArray(), retain: true);
        await using var client = await endpoint.ConnectAsync("client");
        (await client.SubscribeAsync("t", 0)).ShouldBe([ReasonCode.Success]);
        (await client.ReadMessageAsync()).Retain.ShouldBeTrue();
        (await client.SubscribeAsync("t", 1)).ShouldBe([ReasonCode.GrantedQos1]);
        (await client.ReadMessageAsync()).Retain.ShouldBeTrue();
        await endpoint.Mqtt.PublishAsync("t", "new"u8.ToArray());
        var message = await client.ReadMessageAsync();
        (message.Text, message.Qos, message.Retain).ShouldBe(("new", 1, false));
        await client.PingAsync();
    }

    private static void ShouldBeEverything(PublishProperties properties)
    {
        properties.UserProperties.ShouldBe(Everything.UserProperties);
        (properties.PayloadIsUtf8, properties.ContentType, properties.ResponseTopic).ShouldBe((true, "text/plain", "answers/1"));
        properties.CorrelationData.ShouldBe(Everything.CorrelationData);
    }
}
