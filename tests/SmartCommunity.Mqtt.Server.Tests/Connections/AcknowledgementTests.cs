using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

/// <summary>The first promise: an acknowledgement means that the message is on disk.</summary>
public sealed class AcknowledgementTests
{
    [Fact]
    public async Task NoAcknowledgementLeavesBeforeTheFlushAndPingsDoNotWaitForIt()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using var client = await endpoint.ConnectAsync("c");
        for (ushort id = 1; id <= 10; id++) await client.PublishAsync("t", $"{id}", qos: 1, packetId: id);
        await client.PingAsync();
        endpoint.Receiver.All.Select(r => r.Text).ShouldBe(Enumerable.Range(1, 10).Select(i => $"{i}"));

        endpoint.Receiver.Release(4);
        for (ushort id = 1; id <= 4; id++) (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, id));
        await client.PingAsync();
        endpoint.Receiver.Release(10);
        for (ushort id = 5; id <= 10; id++) (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, id));
    }

    [Fact]
    public async Task OneFlushReleasesAllAcknowledgementsInOneWrite()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using var client = await endpoint.ConnectAsync("c");
        for (ushort id = 1; id <= 500; id++) await client.PublishAsync("t", "x", qos: 1, packetId: id);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 500);

        endpoint.Receiver.Release(500);
        var bytes = await client.ReceiveOnceAsync();
        bytes.ShouldBe(Enumerable.Range(1, 500).SelectMany(id => new byte[] { 0x40, 2, (byte)(id >> 8), (byte)id }));
    }

    [Fact]
    public async Task OrderHoldsAcrossQualitiesAndDenials()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.PublishAsync("t", "a", qos: 1, packetId: 1);
        await client.PublishAsync("secret", "b", qos: 1, packetId: 2);
        await client.PublishAsync("t", "c", qos: 2, packetId: 3);
        await client.PublishAsync("secret", "d", qos: 2, packetId: 4);
        await client.PingAsync();
        endpoint.Receiver.Release(2);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1));
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 2, ReasonCode.NotAuthorized));
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 3));
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 4, ReasonCode.NotAuthorized));
        endpoint.Receiver.All.Select(r => r.Text).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task AFailedFlushClosesWithoutAnAcknowledgement()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.PublishAsync("t", "a", qos: 1, packetId: 1);
        await client.PingAsync();
        endpoint.Receiver.Break();
        (await client.ReadAsync()).ShouldBe(new DisconnectPacket(ReasonCode.ImplementationSpecificError));
        (await client.ReadAsync()).ShouldBeNull();
        endpoint.Log.Lines.ShouldContain(l => l.Event == 2002 && l.Text.Contains("the disk is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReceiverThatCanNotStoreClosesWithoutAnAcknowledgement()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c");
        endpoint.Receiver.Refuse();
        await client.PublishAsync("t", "a", qos: 1, packetId: 1);
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task AReceiverThatPushesBackStopsTheReadingOfThatSocketOnlyAndNothingIsLost()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var slow = await endpoint.ConnectAsync("slow");
        await slow.PublishAsync("t", "0", qos: 1, packetId: 1);
        (await slow.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1));

        endpoint.Receiver.CloseGate();
        for (ushort id = 2; id <= 50; id++) await slow.PublishAsync("t", $"{id}", qos: 1, packetId: id);
        await using var other = await endpoint.ConnectAsync("other");
        await other.PingAsync();
        endpoint.Receiver.All.Count.ShouldBe(1);

        endpoint.Receiver.OpenGate();
        for (ushort id = 2; id <= 50; id++) (await slow.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, id));
    }

    [Fact]
    public async Task AnOldClientWithTooMuchUnacknowledgedIsNotReadAndANewOneIsDisconnected()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ReceiveMaximum = 5 }, immediate: false);
        await using var old = await endpoint.ConnectAsync("old");
        for (ushort id = 1; id <= 20; id++) await old.PublishAsync("t", $"{id}", qos: 1, packetId: id);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count >= 5);
        endpoint.Receiver.All.Count.ShouldBeInRange(5, 6);
        endpoint.Receiver.Immediate = true;
        endpoint.Receiver.Release(100);
        for (ushort id = 1; id <= 20; id++) (await old.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, id));

        endpoint.Receiver.Immediate = false;
        endpoint.Receiver.Release(0);
        await using var client = await endpoint.ConnectAsync("new", MqttVersion.V500);
        for (ushort id = 1; id <= 6; id++) await client.PublishAsync("t", $"{id}", qos: 1, packetId: id);
        (await client.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.ReceiveMaximumExceeded);
    }
}
