using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Routing;

/// <summary>MQTT 5.0 section 4.8.2.</summary>
public sealed class SharedSubscriptionTests
{
    private const string Group = "$share/g/a/#";

    private static readonly Func<ConnectPacket, ConnectPacket> Lasting = c => c with { CleanStart = false, SessionExpiryInterval = 3600 };

    [Fact]
    public async Task EachMessageGoesToOneMemberInTurnAndToEachGroup()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var members = new List<RawPeer>();
        for (var i = 0; i < 3; i++)
        {
            members.Add(await endpoint.ConnectAsync($"m{i}", MqttVersion.V500));
            await members[i].SubscribeAsync(Group);
        }

        await using var other = await endpoint.ConnectAsync("other", MqttVersion.V500);
        await other.SubscribeAsync("$share/h/a/#");
        await using var own = await endpoint.ConnectAsync("own", MqttVersion.V500);
        await own.SubscribeAsync("a/#");
        for (var i = 0; i < 9; i++) await endpoint.Mqtt.PublishAsync("a/1", new[] { (byte)('0' + i) });
        var texts = new List<string>();
        foreach (var member in members)
        {
            for (var i = 0; i < 3; i++) texts.Add((await member.ReadMessageAsync()).Text);
            await member.PingAsync();
        }

        texts.Order().ShouldBe(Enumerable.Range(0, 9).Select(i => $"{i}"));
        for (var i = 0; i < 9; i++) ((await other.ReadMessageAsync()).Text, (await own.ReadMessageAsync()).Text).ShouldBe(($"{i}", $"{i}"));
        foreach (var member in members) await member.DisposeAsync();
    }

    [Fact]
    public async Task AnAbsentMemberIsPassedOverAndItsUnacknowledgedMessagesGoToAnotherAtItsEnd()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var away = await endpoint.ConnectAsync("away", MqttVersion.V500, Lasting);
        await away.SubscribeAsync(Group, qos: 2);
        await endpoint.Mqtt.PublishAsync("a/1", "sent"u8.ToArray());
        await endpoint.Mqtt.PublishAsync("a/1", "sent at QoS 2"u8.ToArray(), QualityOfService.ExactlyOnce);
        (await away.ReadMessageAsync()).Text.ShouldBe("sent");
        (await away.ReadMessageAsync()).Text.ShouldBe("sent at QoS 2");
        away.Drop();
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        await endpoint.Mqtt.PublishAsync("a/1", "waits"u8.ToArray(), QualityOfService.ExactlyOnce);

        await using var present = await endpoint.ConnectAsync("present", MqttVersion.V500);
        await present.SubscribeAsync(Group, qos: 2);
        for (var i = 0; i < 3; i++)
        {
            await endpoint.Mqtt.PublishAsync("a/1", "x"u8.ToArray(), QualityOfService.AtMostOnce);
            (await present.ReadMessageAsync()).Text.ShouldBe("x");
        }

        endpoint.Clock.Advance(TimeSpan.FromSeconds(3601));
        (await present.ReadMessageAsync()).Text.ShouldBe("sent");
        (await present.ReadMessageAsync()).Text.ShouldBe("waits");
        await present.PingAsync();
    }

    [Fact]
    public async Task AMemberWhoseWindowIsFullIsPassedOver()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var slow = await endpoint.ConnectAsync("slow", MqttVersion.V500, c => c with { ReceiveMaximum = 1 });
        await using var quick = await endpoint.ConnectAsync("quick", MqttVersion.V500);
        await slow.SubscribeAsync(Group);
        await quick.SubscribeAsync(Group);
        for (var i = 0; i < 6; i++) await endpoint.Mqtt.PublishAsync("a/1", new[] { (byte)('0' + i) });
        await slow.ReadMessageAsync();
        for (var i = 0; i < 5; i++) await quick.ReadMessageAsync();
        await slow.PingAsync();
    }

    [Fact]
    public async Task ItBringsNoRetainedMessagesAndRulesLookAtTheInnerFilter()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await endpoint.Mqtt.PublishAsync("a/1", "kept"u8.ToArray(), retain: true);
        await using var member = await endpoint.ConnectAsync("m", MqttVersion.V500);
        (await member.SubscribeAsync(Group)).ShouldBe([ReasonCode.GrantedQos1]);
        (await member.SubscribeAsync("$share/g/secret/#")).Single().IsError().ShouldBeTrue();
        await member.PingAsync();
        await member.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new UnsubscribePacket(5, [Group, "a/#"])));
        (await member.ReadAsync()).ShouldBeOfType<UnsubAckPacket>().Reasons.ShouldBe([ReasonCode.Success, ReasonCode.NoSubscriptionExisted]);
        await endpoint.Mqtt.PublishAsync("a/1", "nobody's"u8.ToArray());
        await member.PingAsync();
    }
}
