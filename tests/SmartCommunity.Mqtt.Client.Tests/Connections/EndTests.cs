using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Connections;

public sealed class EndTests
{
    [Fact]
    public async Task Disconnecting_sends_what_waits_then_says_goodbye()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { GoodbyeTimeout = PeerConnection.Patience });
        await client.PublishAsync(Clients.Message("last") with { Qos = QualityOfService.AtMostOnce }).Within();
        var leaving = client.DisconnectAsync();

        (await server.ExpectPublishAsync()).Payload.Text().ShouldBe("last");
        (await server.ExpectDisconnectAsync()).Reason.ShouldBe(ReasonCode.Success);
        await server.ExpectClosedAsync();
        server.Close();
        await leaving.Within();
        await client.Completion.Within();
        await client.Messages.Completion.Within();
    }

    [Fact]
    public async Task Aborting_says_nothing()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        client.Abort();
        await server.ExpectClosedAsync();
        await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within());
    }

    [Fact]
    public async Task A_servers_goodbye_carries_its_reason_to_all_who_wait()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var publishing = client.PublishAsync(Clients.Message("1"));
        var subscribing = client.SubscribeAsync("a/#");
        await server.ExpectPublishAsync();
        await server.SendAsync(new DisconnectPacket(ReasonCode.SessionTakenOver) { Details = new() { ReasonString = "another d1" } });

        foreach (var waiting in new[] { publishing, subscribing, client.Completion, client.Messages.Completion })
        {
            var lost = await Should.ThrowAsync<MqttConnectionLostException>(() => waiting.Within());
            lost.Reason.ShouldBe(ReasonCode.SessionTakenOver);
            lost.Message.ShouldContain("another d1");
        }

        (await Should.ThrowAsync<MqttConnectionLostException>(() => client.PublishAsync(Clients.Message("2")).Within()))
            .Reason.ShouldBe(ReasonCode.SessionTakenOver);
    }

    [Theory]
    [InlineData(new byte[] { 0x30 })]
    [InlineData(new byte[] { 0x40, 2, 0 })]
    public async Task A_connection_that_ends_inside_a_packet_is_lost(byte[] half)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        await server.SendAsync(half);
        server.Close();
        (await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within())).Message.ShouldContain("middle of a packet");
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0 }, "CONNECT from a server")]
    [InlineData(new byte[] { 0xF0, 0 }, "AUTH that nobody asked for")]
    [InlineData(new byte[] { 0x30, 6, 0, 0, 3, 0x23, 0, 1 }, "a topic alias that was not allowed")]
    public async Task A_server_that_breaks_the_protocol_is_told_and_left(byte[] packet, string why)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        await server.SendAsync(packet);
        (await server.ExpectDisconnectAsync()).Reason.IsError().ShouldBeTrue(why);
        var lost = await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within(), why);
        lost.InnerException.ShouldBeOfType<MqttProtocolException>();
    }

    [Fact]
    public async Task Silence_is_broken_by_a_ping_and_an_unanswered_ping_ends_the_connection()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with { KeepAlive = TimeSpan.FromSeconds(1), AnswerTimeout = TimeSpan.FromSeconds(5) };
        var (client, server) = await Clients.ConnectAsync(peer, options);
        await server.ExpectAsync(PacketType.PingReq);
        await server.AnswerPingAsync();
        await server.ExpectAsync(PacketType.PingReq);
        client.Completion.IsCompleted.ShouldBeFalse();
        var lost = await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within());
        lost.Message.ShouldContain("ping");
    }
}
