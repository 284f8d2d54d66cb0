using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Conformance;

/// <summary>The exchanges of chapter 4.3, where an answer fits the state of its packet identifier and where it does not.</summary>
public sealed class ExchangeTests
{
    [Theory]
    [InlineData(1, PacketType.PubRec)]
    [InlineData(1, PacketType.PubComp)]
    [InlineData(2, PacketType.PubAck)]
    [InlineData(2, PacketType.PubComp)]
    public async Task AnAnswerOfTheWrongKindBreaksTheProtocol(int qos, PacketType answer)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SubscribeAsync("t", qos);
        await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray(), QualityOfService.ExactlyOnce);
        var message = await client.ReadMessageAsync();
        await client.AckAsync(answer, message.PacketId);
        (await client.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task AfterPubrelOnlyPubcompFitsAndAPubrecIsAnsweredAgain()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SubscribeAsync("t", 2);
        await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray(), QualityOfService.ExactlyOnce);
        var id = (await client.ReadMessageAsync()).PacketId;
        for (var time = 0; time < 2; time++)
        {
            await client.AckAsync(PacketType.PubRec, id);
            (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRel, id));
        }

        await client.AckAsync(PacketType.PubAck, id);
        (await client.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.ProtocolError);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ARefusalEndsAMessageAndItDoesNotComeAgain(int qos)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var lasting = (ConnectPacket c) => c with { CleanStart = false, SessionExpiryInterval = 100 };
        await using (var client = await endpoint.ConnectAsync("client", MqttVersion.V500, lasting))
        {
            await client.SubscribeAsync("t", qos);
            await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray(), QualityOfService.ExactlyOnce);
            var id = (await client.ReadMessageAsync()).PacketId;
            var type = qos == 1 ? PacketType.PubAck : PacketType.PubRec;
            await client.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new AckPacket(type, id, ReasonCode.UnspecifiedError)));
            await client.PingAsync();
        }

        await using var again = await endpoint.ConnectAsync("client", MqttVersion.V500, lasting);
        await again.PingAsync();
    }

    [Fact]
    public async Task WithoutASubscriberAndWithAReceiverThatKeepsItTheAcknowledgementIsSuccess()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.PublishAsync("nobody", "x", qos: 1, packetId: 7);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 7));
    }

    [Fact]
    public async Task TextsThatWouldNotFitAreLeftOutOfConnackAndSuback()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ReasonStrings = ReasonStringUse.Always });
        await using var stranger = await endpoint.OpenAsync(MqttVersion.V500);
        var refusal = await stranger.ConnectAsync("c", c => c with { UserName = "u", Password = "wrong"u8.ToArray(), MaximumPacketSize = 10 });
        (refusal.Reason, refusal.ReasonString).ShouldBe((ReasonCode.BadUserNameOrPassword, null));

        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500, c => c with { MaximumPacketSize = 25 });
        await client.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new SubscribePacket(1, [new("secret", QualityOfService.AtMostOnce)])));
        var answer = (await client.ReadAsync()).ShouldBeOfType<SubAckPacket>();
        (answer.Reasons.Single().IsError(), answer.Details).ShouldBe((true, null));
    }

    [Fact]
    public async Task PacketIdentifiersInFlightDiffer()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.SubscribeAsync("t");
        var ids = new HashSet<ushort>();
        for (var i = 0; i < 50; i++) await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray());
        for (var i = 0; i < 50; i++) ids.Add((await client.ReadMessageAsync()).PacketId).ShouldBeTrue();
        ids.ShouldNotContain((ushort)0);
    }

    [Fact]
    public async Task TheDuplicateFlagOfAPublisherIsNotPassedOn()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.SubscribeAsync("t");
        await client.PublishAsync("t", "x", qos: 1, packetId: 9, duplicate: true);
        var first = await client.ReadAsync();
        var message = (first as Message) ?? await client.ReadMessageAsync();
        (message.Duplicate, message.Qos).ShouldBe((false, 1));
    }

    [Theory]
    [InlineData(MqttVersion.V311, true)]
    [InlineData(MqttVersion.V311, false)]
    [InlineData(MqttVersion.V500, true)]
    [InlineData(MqttVersion.V500, false)]
    public async Task AWillIsRetainedOnlyIfItSaysSo(MqttVersion version, bool retain)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var watcher = await endpoint.ConnectAsync("watcher", version);
        await watcher.SubscribeAsync("will", 0);
        await using var client = await endpoint.ConnectAsync("client", version, c => c with
        {
            Will = new WillMessage("will", "x"u8.ToArray(), QualityOfService.AtMostOnce, retain),
        });
        client.Drop();
        (await watcher.ReadMessageAsync()).Retain.ShouldBeFalse("the subscription was there before");
        await using var late = await endpoint.ConnectAsync("late", version);
        await late.SubscribeAsync("will", 0);
        if (retain) (await late.ReadMessageAsync()).Retain.ShouldBeTrue();
        else await late.PingAsync();
    }

    [Fact]
    public async Task OnlyANormalGoodbyeVoidsTheWill()
    {
        foreach (var (reason, comes) in new[] { (ReasonCode.Success, false), (ReasonCode.DisconnectWithWill, true), (ReasonCode.UnspecifiedError, true) })
        {
            await using var endpoint = await TestEndpoint.StartAsync();
            await using var watcher = await endpoint.ConnectAsync("watcher");
            await watcher.SubscribeAsync("will");
            await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500, c => c with
            {
                Will = new WillMessage("will", "x"u8.ToArray(), QualityOfService.AtMostOnce, Retain: false),
            });
            await client.DisconnectAsync(reason);
            await client.UntilClosedAsync();
            if (comes) (await watcher.ReadMessageAsync()).Text.ShouldBe("x", reason.ToString());
            else await watcher.PingAsync();
        }
    }
}
