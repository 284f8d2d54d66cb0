using System.Net;
using System.Net.Sockets;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

public sealed class BackPressureTests
{
    [Fact]
    public async Task ADiskThatDoesNotAnswerStopsAPublisherAfterWhatOneSocketMayReadAhead()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var publisher = await endpoint.ConnectAsync("publisher");
        endpoint.Receiver.CloseGate();
        var sent = 0L;
        var payload = new string('x', 10_000);
        var block = Task.Run(async () =>
        {
            for (ushort id = 1; id < 10_000; id++)
            {
                await publisher.PublishAsync("t", payload, qos: 1, packetId: id);
                Interlocked.Add(ref sent, 10_000);
            }
        });
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.IsHolding);
        await Should.ThrowAsync<Exception>(block, "100 MB do not fit into what is read ahead and the buffers of two sockets");
        Interlocked.Read(ref sent).ShouldBeLessThan(40_000_000);
        endpoint.Receiver.All.ShouldBeEmpty();
        endpoint.Mqtt.Connections.Single().IsHeldBack.ShouldBeTrue();
        endpoint.Receiver.OpenGate();
    }

    [Fact]
    public async Task MessagesSentAgainDoNotPileUpAcknowledgementsBeforeASlowDisk()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ReceiveMaximum = 10 }, immediate: false);
        await using var client = await endpoint.ConnectAsync("c");
        for (var i = 0; i < 500; i++) await client.PublishAsync("t", "x", qos: 2, packetId: 1, duplicate: i > 0);
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Single().IsHeldBack);
        endpoint.Mqtt.Connections.Single().Unacknowledged.ShouldBe(10);
        endpoint.Receiver.Release(1);
        for (var i = 0; i < 500; i++) (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 1));
        endpoint.Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task APingIsAnsweredBeforeTheMessagesThatWaitForASlowReader()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 8 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port);
        await using var slow = RawPeer.Over(new NetworkStream(socket), MqttVersion.V311);
        await slow.ConnectAsync("slow");
        await slow.SubscribeAsync("t", qos: 0);
        await using var publisher = await endpoint.ConnectAsync("publisher");
        var payload = new string('x', 10_000);
        for (ushort id = 1; id <= 500; id++)
        {
            await publisher.PublishAsync("t", payload, qos: 1, packetId: id);
            (await publisher.ReadAsync()).ShouldNotBeNull();
        }

        await slow.SendAsync(Writing.PacketWriter.WritePingReq);
        // The endpoint has taken the ping when a later packet of the same connection has had its effect.
        await slow.PublishAsync("other", "taken");
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Any(r => r.Text == "taken"));
        var before = 0;
        while (await slow.ReadAsync() is Message) before++;
        before.ShouldBeLessThan(60, "600 kB are more than the buffers on the way hold; 5 MB waited");
    }

    [Fact]
    public async Task AClientThatIsHeldBackIsNotClosedForItsSilence()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", with: c => c with { KeepAlive = 10 });
        endpoint.Receiver.CloseGate();
        await client.PublishAsync("t", "x", qos: 1, packetId: 1);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.IsHolding);
        await client.SendAsync(Writing.PacketWriter.WritePingReq);
        for (var i = 0; i < 10; i++) endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
        endpoint.Receiver.OpenGate();
        object?[] answers = [await client.ReadAsync(), await client.ReadAsync()];
        answers.ShouldContain(PacketType.PingResp);
        answers.ShouldContain(new AckPacket(PacketType.PubAck, 1));
    }

    [Fact]
    public async Task ManyWillsAtOnceTakeTurns()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxWillsAtOnce = 4 });
        var clients = new List<RawPeer>();
        for (var i = 0; i < 50; i++)
        {
            var will = new WillMessage($"will/{i}", "gone"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: false);
            clients.Add(await endpoint.ConnectAsync($"c{i}", with: c => c with { Will = will }));
        }

        endpoint.Receiver.CloseGate();
        foreach (var client in clients) client.Drop();
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.Holding == 4);
        endpoint.Receiver.OpenGate();
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 50);
        endpoint.Receiver.MostHeld.ShouldBe(4);
    }
}
