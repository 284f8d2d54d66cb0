using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Subscribing;

public sealed class SubscribeTests
{
    [Fact]
    public async Task Messages_come_in_order_and_are_acknowledged()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        await SubscribeAsync(client, server, "sc/v1/#");
        await server.PublishAsync("sc/v1/a", "1"u8.ToArray(), QualityOfService.AtLeastOnce, 11, retain: true);
        await server.PublishAsync("sc/v1/b", "2"u8.ToArray());

        var one = await client.Messages.ReadAsync().AsTask().Within();
        (one.Topic.Text, one.Payload.Text(), one.Qos, one.Retain).ShouldBe(("sc/v1/a", "1", QualityOfService.AtLeastOnce, true));
        (await client.Messages.ReadAsync().AsTask().Within()).Topic.Text.ShouldBe("sc/v1/b");
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)11);
    }

    [Fact]
    public async Task Without_automatic_acknowledgement_the_reader_decides_when()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { AcknowledgeAutomatically = false });
        await server.PublishAsync("a", "1"u8.ToArray(), QualityOfService.AtLeastOnce, 5);
        var message = await client.Messages.ReadAsync().AsTask().Within();
        // What is sent after the message was read, and before it was acknowledged, comes first.
        await client.PublishAsync(Clients.Message("x") with { Qos = QualityOfService.AtMostOnce }).Within();
        await server.ExpectPublishAsync();
        client.Acknowledge(message);
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)5);
    }

    [Fact]
    public async Task A_slow_reader_loses_nothing()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { MaxWaitingMessages = 2 });
        for (ushort i = 1; i <= 50; i++) await server.PublishAsync("a", BitConverter.GetBytes(i), QualityOfService.AtLeastOnce, i);
        for (ushort i = 1; i <= 50; i++)
        {
            BitConverter.ToUInt16((await client.Messages.ReadAsync().AsTask().Within()).Payload.Span).ShouldBe(i);
            (await server.ExpectAckAsync()).PacketId.ShouldBe(i);
        }
    }

    [Theory]
    [InlineData(MqttVersion.V311, ReasonCode.UnspecifiedError)]
    [InlineData(MqttVersion.V500, ReasonCode.NotAuthorized)]
    public async Task A_refused_filter_throws_the_servers_reason(MqttVersion version, ReasonCode reason)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { Version = version });
        var subscribing = client.SubscribeAsync([new("mine/#", QualityOfService.AtLeastOnce), new("yours/#", QualityOfService.AtLeastOnce)]);
        var request = await server.ExpectSubscribeAsync();
        request.Filters.Select(filter => filter.Filter).ShouldBe(["mine/#", "yours/#"]);
        await server.SendAsync(new SubAckPacket(request.PacketId, [ReasonCode.GrantedQos1, reason]));
        var refusal = await Should.ThrowAsync<MqttSubscribeRefusedException>(() => subscribing.Within());
        refusal.Reason.ShouldBe(reason);
        refusal.Message.ShouldContain("yours/#");
    }

    [Fact]
    public async Task A_SUBSCRIBE_without_an_answer_times_out()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, _) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { AnswerTimeout = TimeSpan.FromMilliseconds(100) });
        await Should.ThrowAsync<TimeoutException>(() => client.SubscribeAsync("a").Within());
    }

    [Fact]
    public async Task Unsubscribing_waits_for_its_answer()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var unsubscribing = client.UnsubscribeAsync(["a", "b"]);
        var request = await server.ExpectUnsubscribeAsync();
        request.Filters.ShouldBe(["a", "b"]);
        await server.SendAsync(new UnsubAckPacket(request.PacketId, [ReasonCode.Success, ReasonCode.NoSubscriptionExisted]));
        await unsubscribing.Within();
    }

    internal static async Task SubscribeAsync(MqttClient client, PeerConnection server, string filter)
    {
        var subscribing = client.SubscribeAsync(filter);
        var request = await server.ExpectSubscribeAsync();
        await server.SendAsync(new SubAckPacket(request.PacketId, [ReasonCode.GrantedQos1]));
        await subscribing.Within();
    }
}
