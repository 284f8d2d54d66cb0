using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

/// <summary>Texts beside reason codes: to whom they go, and where they do not fit.</summary>
public sealed class ReasonStringTests
{
    private static readonly MqttServerOptions Talkative = new() { ReasonStrings = ReasonStringUse.Always };

    [Fact]
    public async Task AnswersAndGoodbyesSayWhy()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Talkative);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.PublishAsync("secret", "x", qos: 1, packetId: 1);
        var ack = (await client.ReadAsync()).ShouldBeOfType<AckPacket>();
        (ack.Reason, ack.Details?.ReasonString).ShouldBe((ReasonCode.NotAuthorized, "The topic rules of this account do not allow it."));
        await client.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new SubscribePacket(1, [new SubscriptionRequest("secret/#", QualityOfService.AtMostOnce)])));
        (await client.ReadAsync()).ShouldBeOfType<SubAckPacket>().Details.ShouldNotBeNull();
        await client.SendAsync(new byte[] { 0 });
        (await client.UntilClosedAsync())!.Details!.ReasonString.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task RefusalsSayWhy()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Talkative);
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        (await client.ConnectAsync("c", c => c with { Password = "wrong"u8.ToArray() })).ReasonString.ShouldBe("bad user name or password");
    }

    [Fact]
    public async Task WithoutRequestProblemInformationOnlyTheGoodbyeSaysWhy()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Talkative);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500, c => c with { RequestProblemInformation = false });
        await client.PublishAsync("secret", "x", qos: 1, packetId: 1);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1, ReasonCode.NotAuthorized));
        await client.SendAsync(new byte[] { 0 });
        (await client.UntilClosedAsync())!.Details!.ReasonString.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAnswerThatWouldNotFitEvenWithoutATextEndsTheConnection(bool subscribe)
    {
        await using var endpoint = await TestEndpoint.StartAsync(Talkative);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500, c => c with { MaximumPacketSize = 40 });
        var filters = Enumerable.Range(0, 60).Select(i => $"t/{i}").ToList();
        await client.SendAsync(o =>
        {
            if (subscribe) Writing.PacketWriter.Write(o, MqttVersion.V500, new SubscribePacket(1, [.. filters.Select(f => new SubscriptionRequest(f, QualityOfService.AtMostOnce))]));
            else Writing.PacketWriter.Write(o, MqttVersion.V500, new UnsubscribePacket(1, filters));
        });
        (await client.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.PacketTooLarge);
    }

    [Fact]
    public async Task WhatWouldNotFitIsLeftOut()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Talkative);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500, c => c with { MaximumPacketSize = 30 });
        await client.PublishAsync("secret", "x", qos: 1, packetId: 1);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1, ReasonCode.NotAuthorized));
        await client.SendAsync(new byte[] { 0x90, 4, 0, 1, 0, 0 });
        (await client.UntilClosedAsync()).ShouldBe(new DisconnectPacket(ReasonCode.ProtocolError));
    }

    [Fact]
    public async Task ByDefaultOnlyThoseThatAskAreTold()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var silent = await endpoint.ConnectAsync("silent", MqttVersion.V500);
        await silent.PublishAsync("secret", "x", qos: 1, packetId: 1);
        (await silent.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1, ReasonCode.NotAuthorized));

        await using var asks = await endpoint.OpenAsync(MqttVersion.V500);
        await asks.SendAsync(Convert.FromHexString("1010" + "00044D515454" + "05020000" + "021701" + "0001" + "63"));
        (await asks.ReadAsync()).ShouldBeOfType<ConnAckPacket>().Reason.ShouldBe(ReasonCode.Success);
        await asks.PublishAsync("secret", "x", qos: 1, packetId: 1);
        (await asks.ReadAsync()).ShouldBeOfType<AckPacket>().Details.ShouldNotBeNull();
    }
}
