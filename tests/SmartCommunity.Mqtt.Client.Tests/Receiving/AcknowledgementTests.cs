using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Receiving;

public sealed class AcknowledgementTests
{
    private static readonly ReconnectOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task In_whatever_order_the_reader_is_done_the_server_hears_of_it_in_the_order_of_its_messages()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { AcknowledgeAutomatically = false });
        var messages = new List<MqttMessage>();
        for (ushort id = 1; id <= 50; id++)
        {
            await server.PublishAsync("a", "x"u8.ToArray(), (QualityOfService)(1 + (id % 2)), id);
            messages.Add(await client.Messages.ReadAsync().AsTask().Within());
        }

        var shuffled = messages.ToArray();
        random.Shuffle(shuffled);
        foreach (var message in shuffled)
        {
            client.Acknowledge(message);
            client.Acknowledge(message);
        }

        for (ushort id = 1; id <= 50; id++)
            (await server.ExpectAckAsync(id % 2 == 0 ? PacketType.PubAck : PacketType.PubRec)).PacketId.ShouldBe(id, $"seed {Seed}");
    }

    [Fact]
    public async Task What_was_acknowledged_while_the_reader_was_slow_is_read_after_the_cut()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = new ReconnectingMqttClient(Clients.Options(peer) with { CleanStart = false, MaxWaitingMessages = 20 }, Quick, new Random(1));
        var first = await peer.AcceptAndWelcomeAsync();
        for (ushort id = 1; id <= 30; id++)
        {
            await first.PublishAsync("a", BitConverter.GetBytes(id), QualityOfService.AtLeastOnce, id);
            await first.ExpectAckAsync();
        }

        first.Close();
        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        await second.PublishAsync("a", BitConverter.GetBytes((ushort)31), QualityOfService.AtLeastOnce, 31);
        for (ushort id = 1; id <= 31; id++) BitConverter.ToUInt16((await client.Messages.ReadAsync().AsTask().Within()).Payload.Span).ShouldBe(id);
    }

    [Fact]
    public async Task A_message_of_a_lost_connection_is_not_acknowledged_on_the_next()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = new ReconnectingMqttClient(Clients.Options(peer) with { CleanStart = false, AcknowledgeAutomatically = false }, Quick, new Random(1));
        var first = await peer.AcceptAndWelcomeAsync();
        await first.PublishAsync("a", "x"u8.ToArray(), QualityOfService.AtLeastOnce, 1);
        var lost = await client.Messages.ReadAsync().AsTask().Within();
        first.Reset();
        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        await client.WaitUntilConnectedAsync().Within();
        client.Acknowledge(lost);
        await second.PublishAsync("a", "y"u8.ToArray(), QualityOfService.AtLeastOnce, 2);
        client.Acknowledge(await client.Messages.ReadAsync().AsTask().Within());
        (await second.ExpectAckAsync()).PacketId.ShouldBe((ushort)2);
    }

    [Fact]
    public async Task Incoming_aliases_are_announced_and_resolved()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { MaxIncomingAliases = 3 });
        var server = await peer.AcceptAsync();
        (await server.ExpectConnectAsync()).TopicAliasMaximum.ShouldBe((ushort)3);
        await server.SendAsync(new SmartCommunity.Mqtt.Packets.ConnAckPacket());
        await using var client = await connecting.Within();
        // publish = topic "a/b" + alias 2, then alias 2 alone, then "c" + alias 2, then alias 2 alone
        await server.SendAsync(new byte[] { 0x30, 10, 0, 3, (byte)'a', (byte)'/', (byte)'b', 3, 0x23, 0, 2, (byte)'1' });
        await server.SendAsync(new byte[] { 0x30, 7, 0, 0, 3, 0x23, 0, 2, (byte)'2' });
        await server.SendAsync(new byte[] { 0x30, 8, 0, 1, (byte)'c', 3, 0x23, 0, 2, (byte)'3' });
        await server.SendAsync(new byte[] { 0x30, 7, 0, 0, 3, 0x23, 0, 2, (byte)'4' });
        foreach (var (topic, payload) in new[] { ("a/b", "1"), ("a/b", "2"), ("c", "3"), ("c", "4") })
        {
            var message = await client.Messages.ReadAsync().AsTask().Within();
            (message.Topic.Text, message.Payload.Text()).ShouldBe((topic, payload));
        }

        await server.SendAsync(new byte[] { 0x30, 6, 0, 0, 3, 0x23, 0, 3 });
        (await server.ExpectDisconnectAsync()).Reason.ShouldBe(ReasonCode.TopicAliasInvalid);
    }
}
