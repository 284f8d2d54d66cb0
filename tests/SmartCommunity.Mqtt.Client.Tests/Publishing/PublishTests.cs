using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Publishing;

public sealed class PublishTests
{
    [Fact]
    public async Task A_publish_completes_with_its_own_PUBACK()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var first = client.PublishAsync(Clients.Message("1") with { Retain = true });
        var second = client.PublishAsync(Clients.Message("2"));
        var one = await server.ExpectPublishAsync();
        var two = await server.ExpectPublishAsync();

        (one.Topic!.Text, one.Payload.Text(), one.Retain, one.Duplicate, one.Qos)
            .ShouldBe(("sc/v1/d1/event", "1", true, false, QualityOfService.AtLeastOnce));
        two.PacketId.ShouldNotBe(one.PacketId);

        await server.AcknowledgeAsync(two.PacketId);
        (await second.Within()).ShouldBe(ReasonCode.Success);
        first.IsCompleted.ShouldBeFalse();
        await server.SendAsync(new AckPacket(PacketType.PubAck, one.PacketId, ReasonCode.NoMatchingSubscribers));
        (await first.Within()).ShouldBe(ReasonCode.NoMatchingSubscribers);
        client.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_publish_throws_the_servers_reason()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var publishing = client.PublishAsync(Clients.Message("1"));
        var packet = await server.ExpectPublishAsync();
        await server.SendAsync(new AckPacket(PacketType.PubAck, packet.PacketId, ReasonCode.NotAuthorized));
        var refusal = await Should.ThrowAsync<MqttPublishRefusedException>(() => publishing.Within());
        refusal.Reason.ShouldBe(ReasonCode.NotAuthorized);
        refusal.Message.ShouldContain("sc/v1/d1/event");
    }

    [Fact]
    public async Task No_more_are_in_flight_than_the_server_takes_and_the_rest_follows_in_order()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { MaxInFlight = 100 });
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { ReceiveMaximum = 3 });
        await using var client = await connecting.Within();

        var publishing = Enumerable.Range(0, 50).Select(i => client.PublishAsync(Clients.Message($"{i}"))).ToArray();
        var unacknowledged = new Queue<ushort>();
        for (var i = 0; i < 50; i++)
        {
            if (unacknowledged.Count == 3)
            {
                client.InFlight.ShouldBeLessThanOrEqualTo(3);
                await server.AcknowledgeAsync(unacknowledged.Dequeue());
            }

            var packet = await server.ExpectPublishAsync();
            packet.Payload.Text().ShouldBe($"{i}");
            unacknowledged.Enqueue(packet.PacketId);
        }

        await server.AcknowledgeAsync([.. unacknowledged]);
        await Task.WhenAll(publishing).Within();
    }

    [Fact]
    public async Task TryPublish_fills_the_window_and_waits_for_room()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { MaxInFlight = 2 });
        var outcome = new CountingOutcome(3);
        client.TryPublish(Clients.Topic, "1"u8, outcome).ShouldBeTrue();
        client.TryPublish(Clients.Topic, "2"u8, outcome).ShouldBeTrue();
        client.TryPublish(Clients.Topic, "3"u8, outcome).ShouldBeFalse();
        var room = client.WaitForRoomAsync();
        room.IsCompleted.ShouldBeFalse();

        var first = await server.ExpectPublishAsync();
        var second = await server.ExpectPublishAsync();
        await server.AcknowledgeAsync(first.PacketId);
        await room.Within();
        client.TryPublish(Clients.Topic, "3"u8, outcome).ShouldBeTrue();
        var third = await server.ExpectPublishAsync();
        await server.AcknowledgeAsync(second.PacketId, third.PacketId);
        await outcome.All.Within();
        outcome.Acknowledged.ShouldBe(3);
        outcome.SentAt.ShouldBeInOrder();
    }

    [Fact]
    public async Task What_is_in_flight_when_the_connection_breaks_is_lost_and_told_once()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var outcome = new CountingOutcome(3);
        for (var i = 0; i < 3; i++) client.TryPublish(Clients.Topic, "x"u8, outcome).ShouldBeTrue();
        await server.AcknowledgeAsync((await server.ExpectPublishAsync()).PacketId);
        await server.ExpectPublishAsync();
        await server.ExpectPublishAsync();
        server.Reset();
        await outcome.All.Within();
        (outcome.Acknowledged, outcome.Lost).ShouldBe((1, 2));
        Should.Throw<MqttConnectionLostException>(() => client.TryPublish(Clients.Topic, "x"u8, outcome));
        await Should.ThrowAsync<MqttConnectionLostException>(() => client.WaitForRoomAsync().Within());
    }

    [Fact]
    public async Task A_PUBACK_for_nothing_frees_nothing()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { MaxInFlight = 1 });
        await server.AcknowledgeAsync(1, 7, 65_535);
        for (var i = 0; i < 3; i++)
        {
            var publishing = client.PublishAsync(Clients.Message("x"));
            var id = (await server.ExpectPublishAsync()).PacketId;
            await server.AcknowledgeAsync(id, id);
            await publishing.Within();
        }

        client.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_larger_than_the_server_takes_is_refused_here()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { MaximumPacketSize = 100 });
        await using var client = await connecting.Within();
        await Should.ThrowAsync<ArgumentException>(() => client.PublishAsync(Clients.Message(new string('x', 100))).Within());
        Should.Throw<ArgumentException>(() => client.TryPublish(Clients.Topic, new byte[100], new CountingOutcome(1)));
        client.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_does_not_read_makes_publishing_wait_within_its_bound()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with { MaxInFlight = 60_000, MaxPendingBytes = 64 * 1024 };
        var (client, server) = await Clients.ConnectAsync(peer, options);
        var payload = new byte[16 * 1024];
        var outcome = new CountingOutcome(int.MaxValue);
        // The socket buffers of both sides take some megabytes first.
        var taken = 0;
        for (var stuck = false; !stuck;)
        {
            while (client.TryPublish(Clients.Topic, payload, outcome)) (++taken).ShouldBeLessThan(10_000);
            var room = client.WaitForRoomAsync();
            stuck = await Task.WhenAny(room, Task.Delay(500)) != room;
        }

        for (var i = 0; i < taken; i++) (await server.ExpectPublishAsync()).Payload.Length.ShouldBe(payload.Length);
        client.Abort();
    }
}
