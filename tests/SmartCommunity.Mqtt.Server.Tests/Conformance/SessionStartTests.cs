using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Conformance;

/// <summary>CONNECT and CONNACK: what is kept, what is said about it, and which names are taken.</summary>
public sealed class SessionStartTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task SessionPresentSaysWhatWasKept(MqttVersion version)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        (await StartAsync(endpoint, version, clean: false)).ShouldBeFalse("there was none");
        (await StartAsync(endpoint, version, clean: false)).ShouldBeTrue();
        (await StartAsync(endpoint, version, clean: true)).ShouldBeFalse("it was thrown away");
    }

    [Fact]
    public async Task IdentifiersOf1To23LettersAndDigitsAreTaken()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        foreach (var id in new[] { "a", "0123456789abcdefghijklm", "nopqrstuvwxyzABCDEFGHIJ", "KLMNOPQRSTUVWXYZ", "社区" })
        {
            await using var client = await endpoint.ConnectAsync(id);
            endpoint.Mqtt.Connections.ShouldContain(c => c.ClientId == id);
        }
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task ConnackComesFirstAndOnce(MqttVersion version)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await endpoint.Mqtt.PublishAsync("t", "x"u8.ToArray(), retain: true);
        await using var client = await endpoint.OpenAsync(version);
        await client.SendAsync(output =>
        {
            Writing.PacketWriter.Write(output, new ConnectPacket { Version = version, ClientId = "c" });
            Writing.PacketWriter.Write(output, version, new SubscribePacket(1, [new SubscriptionRequest("t", QualityOfService.AtMostOnce)]));
            Writing.PacketWriter.WritePingReq(output);
        });
        (await client.ReadAsync()).ShouldBeOfType<ConnAckPacket>().Reason.ShouldBe(ReasonCode.Success);
        List<object?> rest = [await client.ReadAsync(), await client.ReadAsync(), await client.ReadAsync()];
        rest.ShouldNotContain(p => p is ConnAckPacket);
    }

    [Fact]
    public async Task WhatFollowsARefusedConnectIsNotProcessed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync();
        await client.SendAsync(output =>
        {
            Writing.PacketWriter.Write(output, new ConnectPacket { Version = MqttVersion.V311, ClientId = "c", UserName = "u", Password = "wrong"u8.ToArray() });
            Writing.PacketWriter.Write(output, MqttVersion.V311, new OutgoingPublish { Topic = "t"u8, Payload = "x"u8 });
        });
        var answer = (await client.ReadAsync()).ShouldBeOfType<ConnAckPacket>();
        (answer.Reason, answer.SessionPresent).ShouldBe((ReasonCode.BadUserNameOrPassword, false));
        (await client.ReadAsync()).ShouldBeNull();
        endpoint.Receiver.All.ShouldBeEmpty();
    }

    private static async Task<bool> StartAsync(TestEndpoint endpoint, MqttVersion version, bool clean)
    {
        await using var client = await endpoint.OpenAsync(version);
        var answer = await client.ConnectAsync("c", c => c with { CleanStart = clean, SessionExpiryInterval = version == MqttVersion.V500 ? 100u : null });
        answer.Reason.ShouldBe(ReasonCode.Success);
        await client.DisconnectAsync();
        await client.UntilClosedAsync();
        return answer.SessionPresent;
    }
}
