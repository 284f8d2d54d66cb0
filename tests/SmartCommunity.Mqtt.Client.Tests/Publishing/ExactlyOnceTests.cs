using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Publishing;

/// <summary>Publishing at QoS 2 (MQTT 5.0 section 4.3.3).</summary>
public sealed class ExactlyOnceTests
{
    private static readonly ReconnectOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20) };

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task A_publish_completes_with_its_PUBCOMP(MqttVersion version)
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { Version = version, MaxInFlight = 1 });
        for (var i = 0; i < 3; i++)
        {
            var publishing = client.PublishAsync(Message($"{i}"));
            var packet = await server.ExpectPublishAsync();
            (packet.Qos, packet.Duplicate, packet.Payload.Text()).ShouldBe((QualityOfService.ExactlyOnce, false, $"{i}"));
            var reason = version == MqttVersion.V500 ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success;
            await server.SendAsync(new AckPacket(PacketType.PubRec, packet.PacketId, reason));
            (await server.ExpectAckAsync(PacketType.PubRel)).ShouldBe(new AckPacket(PacketType.PubRel, packet.PacketId));
            publishing.IsCompleted.ShouldBeFalse();
            client.InFlight.ShouldBe(1, "a place in the window is free after the PUBCOMP only");
            await server.SendAsync(new AckPacket(PacketType.PubComp, packet.PacketId));
            (await publishing.Within()).ShouldBe(reason);
        }
    }

    [Fact]
    public async Task A_PUBREC_that_refuses_is_the_end()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        var publishing = client.PublishAsync(Message("x"));
        var packet = await server.ExpectPublishAsync();
        await server.SendAsync(new AckPacket(PacketType.PubRec, packet.PacketId, ReasonCode.QuotaExceeded));
        (await Should.ThrowAsync<MqttPublishRefusedException>(() => publishing.Within())).Reason.ShouldBe(ReasonCode.QuotaExceeded);
        client.InFlight.ShouldBe(0);
        _ = client.PublishAsync(Message("y"));
        await server.ExpectPublishAsync();
    }

    [Fact]
    public async Task After_a_cut_it_goes_on_where_it_was()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer);
        var first = await peer.AcceptAndWelcomeAsync();
        var publishing = Enumerable.Range(0, 3).Select(i => client.PublishAsync(Message($"{i}"))).ToArray();
        var sent = new List<PublishPacket>();
        for (var i = 0; i < 3; i++) sent.Add(await first.ExpectPublishAsync());
        await first.SendAsync(new AckPacket(PacketType.PubRec, sent[1].PacketId));
        await first.ExpectAckAsync(PacketType.PubRel);
        first.Reset();

        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        (await second.ExpectAckAsync(PacketType.PubRel)).PacketId.ShouldBe(sent[1].PacketId);
        foreach (var old in new[] { sent[0], sent[2] })
        {
            var again = await second.ExpectPublishAsync();
            (again.PacketId, again.Duplicate, again.Qos).ShouldBe((old.PacketId, true, QualityOfService.ExactlyOnce));
        }

        await second.SendAsync(new AckPacket(PacketType.PubComp, sent[1].PacketId));
        await publishing[1].Within();
        foreach (var old in new[] { sent[0], sent[2] })
        {
            await second.SendAsync(new AckPacket(PacketType.PubRec, old.PacketId));
            await second.ExpectAckAsync(PacketType.PubRel);
            await second.SendAsync(new AckPacket(PacketType.PubComp, old.PacketId));
        }

        await Task.WhenAll(publishing).Within();
    }

    [Fact]
    public async Task A_server_that_lost_the_session_gets_what_it_had_not_confirmed_as_new_and_nothing_else()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer);
        var first = await peer.AcceptAndWelcomeAsync();
        var received = client.PublishAsync(Message("received"));
        var open = client.PublishAsync(Message("open"));
        var packet = await first.ExpectPublishAsync();
        await first.ExpectPublishAsync();
        await first.SendAsync(new AckPacket(PacketType.PubRec, packet.PacketId));
        await first.ExpectAckAsync(PacketType.PubRel);
        first.Reset();

        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: false);
        (await received.Within()).ShouldBe(ReasonCode.Success);
        var again = await second.ExpectPublishAsync();
        (again.Payload.Text(), again.Duplicate).ShouldBe(("open", false));
        await second.SendAsync(new AckPacket(PacketType.PubRec, again.PacketId));
        await second.ExpectAckAsync(PacketType.PubRel);
        await second.SendAsync(new AckPacket(PacketType.PubComp, again.PacketId));
        await open.Within();
    }

    [Fact]
    public async Task A_PUBREC_for_nothing_is_answered_and_a_PUBACK_for_QoS_2_breaks_the_protocol()
    {
        await using var peer = ScriptedPeer.Listen();
        var (client, server) = await Clients.ConnectAsync(peer);
        await server.SendAsync(new AckPacket(PacketType.PubRec, 9));
        (await server.ExpectAckAsync(PacketType.PubRel)).ShouldBe(new AckPacket(PacketType.PubRel, 9, ReasonCode.PacketIdentifierNotFound));
        _ = client.PublishAsync(Message("x"));
        await server.AcknowledgeAsync((await server.ExpectPublishAsync()).PacketId);
        (await server.ExpectDisconnectAsync()).Reason.ShouldBe(ReasonCode.ProtocolError);
        await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within());
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_refused_here()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { MaximumQos = QualityOfService.AtLeastOnce, RetainAvailable = false });
        await using var client = await connecting.Within();
        (await Should.ThrowAsync<MqttPublishRefusedException>(() => client.PublishAsync(Message("x")).Within())).Reason.ShouldBe(ReasonCode.QosNotSupported);
        (await Should.ThrowAsync<MqttPublishRefusedException>(() => client.PublishAsync(Clients.Message("x") with { Retain = true }).Within()))
            .Reason.ShouldBe(ReasonCode.RetainNotSupported);
        client.InFlight.ShouldBe(0);
    }

    private static MqttPublish Message(string payload) => Clients.Message(payload) with { Qos = QualityOfService.ExactlyOnce };

    private static ReconnectingMqttClient Start(ScriptedPeer peer) => new(Clients.Options(peer) with { CleanStart = false }, Quick, new Random(1));
}
