using System.Buffers;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Receiving;

/// <summary>Receiving at QoS 2 (MQTT 5.0 section 4.3.3).</summary>
public sealed class ExactlyOnceTests
{
    private static readonly ReconnectOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task A_message_that_comes_again_before_its_PUBREL_is_delivered_once()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        await PublishAsync(server, 5, "one");
        (await server.ExpectAckAsync(PacketType.PubRec)).ShouldBe(new AckPacket(PacketType.PubRec, 5));
        await PublishAsync(server, 5, "one", duplicate: true);
        await server.ExpectAckAsync(PacketType.PubRec);
        await server.SendAsync(new AckPacket(PacketType.PubRel, 5));
        (await server.ExpectAckAsync(PacketType.PubComp)).ShouldBe(new AckPacket(PacketType.PubComp, 5));
        await PublishAsync(server, 5, "two");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("one");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("two");
    }

    [Theory]
    [InlineData(MqttVersion.V311, ReasonCode.Success)]
    [InlineData(MqttVersion.V500, ReasonCode.PacketIdentifierNotFound)]
    public async Task A_PUBREL_for_nothing_is_answered(MqttVersion version, ReasonCode reason)
    {
        await using var peer = ScriptedPeer.Listen();
        var (_, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { Version = version });
        await server.SendAsync(new AckPacket(PacketType.PubRel, 8));
        (await server.ExpectAckAsync(PacketType.PubComp)).ShouldBe(new AckPacket(PacketType.PubComp, 8, reason));
    }

    [Fact]
    public async Task Received_ids_are_remembered_over_a_cut()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer, automatic: true);
        var first = await peer.AcceptAndWelcomeAsync();
        await PublishAsync(first, 5, "one");
        await first.ExpectAckAsync(PacketType.PubRec);
        first.Reset();

        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        await PublishAsync(second, 5, "one", duplicate: true);
        await second.ExpectAckAsync(PacketType.PubRec);
        await PublishAsync(second, 6, "two");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("one");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("two");
        second.Reset();

        var third = await peer.AcceptAndWelcomeAsync(sessionPresent: false);
        await PublishAsync(third, 5, "another session's");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("another session's");
    }

    [Fact]
    public async Task What_the_reader_still_had_at_a_cut_is_acknowledged_on_the_next_connection()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer, automatic: false);
        var first = await peer.AcceptAndWelcomeAsync();
        await PublishAsync(first, 5, "one");
        await PublishAsync(first, 6, "two");
        var one = await client.Messages.ReadAsync().AsTask().Within();
        var two = await client.Messages.ReadAsync().AsTask().Within();
        first.Reset();

        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        await client.WaitUntilConnectedAsync().Within();
        client.Acknowledge(one);
        await PublishAsync(second, 5, "one", duplicate: true);
        (await second.ExpectAckAsync(PacketType.PubRec)).PacketId.ShouldBe((ushort)5);
        await PublishAsync(second, 6, "two", duplicate: true);
        await PublishAsync(second, 7, "three");
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("three");
        client.Acknowledge(two);
        (await second.ExpectAckAsync(PacketType.PubRec)).PacketId.ShouldBe((ushort)6);
    }

    private static ReconnectingMqttClient Start(ScriptedPeer peer, bool automatic) =>
        new(Clients.Options(peer) with { CleanStart = false, AcknowledgeAutomatically = automatic }, Quick, new Random(1));

    private static Task PublishAsync(PeerConnection server, ushort packetId, string payload, bool duplicate = false)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, server.Version, new OutgoingPublish
        {
            Topic = "a"u8,
            Payload = System.Text.Encoding.UTF8.GetBytes(payload),
            Qos = QualityOfService.ExactlyOnce,
            PacketId = packetId,
            Duplicate = duplicate,
        });
        return server.SendAsync(output.WrittenMemory);
    }
}
