using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Publishing;

public sealed class OutgoingAliasTests
{
    [Theory]
    [InlineData(2, 10)]
    [InlineData(10, 2)]
    public async Task A_topic_is_sent_once_and_then_its_alias_as_many_as_both_sides_want(int ours, int servers)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await ConnectAsync(peer, ours, (ushort)servers);
        var topics = new[] { "a", "b", "c" }.Select(TopicName.Create).ToArray();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 3; i++)
            {
                client.TryPublish(topics[i], "x"u8, new CountingOutcome(1)).ShouldBeTrue();
                var packet = await server.ExpectPublishAsync();
                var expected = i == 2 ? ("c", (ushort)0) : (round == 0 ? topics[i].Text : null, (ushort)(i + 1));
                (packet.Topic?.Text, packet.TopicAlias).ShouldBe(expected);
            }
        }
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(0, 5)]
    public async Task Without_both_sides_there_are_none(int ours, int? servers)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await ConnectAsync(peer, ours, (ushort?)servers);
        for (var i = 0; i < 2; i++)
        {
            _ = client.PublishAsync(Clients.Message("x"));
            var packet = await server.ExpectPublishAsync();
            (packet.Topic?.Text, packet.TopicAlias).ShouldBe((Clients.Topic.Text, (ushort)0));
        }
    }

    [Fact]
    public async Task A_topic_whose_first_message_was_too_large_is_sent_with_the_next()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { MaxOutgoingAliases = 5 });
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { TopicAliasMaximum = 5, MaximumPacketSize = 100 });
        await using var client = await connecting.Within();
        await Should.ThrowAsync<ArgumentException>(() => client.PublishAsync(Clients.Message(new string('x', 100))).Within());
        _ = client.PublishAsync(Clients.Message("x"));
        var packet = await server.ExpectPublishAsync();
        (packet.Topic?.Text, packet.TopicAlias).ShouldBe((Clients.Topic.Text, (ushort)1));
    }

    private static async Task<(MqttClient Client, PeerConnection Server)> ConnectAsync(ScriptedPeer peer, int ours, ushort? servers)
    {
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { MaxOutgoingAliases = ours });
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { TopicAliasMaximum = servers });
        return (await connecting.Within(), server);
    }
}
