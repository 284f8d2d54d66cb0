using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

/// <summary>QoS 2 from the client: one effect per packet identifier, however often it is sent.</summary>
public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task AMessageSentAgainHasNoSecondEffectAndTheIdIsFreeAfterPubrel()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c");
        await client.PublishAsync("t", "a", qos: 2, packetId: 7);
        await client.PublishAsync("t", "a", qos: 2, packetId: 7, duplicate: true);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 7));
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 7));
        endpoint.Receiver.All.Count.ShouldBe(1);

        await client.AckAsync(PacketType.PubRel, 7);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubComp, 7));
        await client.PublishAsync("t", "b", qos: 2, packetId: 7);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 7));
        endpoint.Receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task TheIdIsRememberedAcrossConnectionsAndItsPubrecStillWaitsForTheFlush()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using (var first = await endpoint.ConnectAsync("c", with: c => c with { CleanStart = false }))
        {
            await first.PublishAsync("t", "a", qos: 2, packetId: 7);
            await first.PingAsync();
            first.Drop();
        }

        await using var second = await endpoint.OpenAsync();
        (await second.ConnectAsync("c", c => c with { CleanStart = false })).SessionPresent.ShouldBeTrue();
        await second.PublishAsync("t", "a", qos: 2, packetId: 7, duplicate: true);
        await second.PingAsync();
        endpoint.Receiver.Release(1);
        (await second.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 7));
        endpoint.Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnUnknownIdIsAnsweredAndSaysSoInMqtt5()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.AckAsync(PacketType.PubRel, 9);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubComp, 9));
    }
}
