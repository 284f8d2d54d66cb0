using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Connections;

/// <summary>What client and server agree on when they connect, and part with.</summary>
public sealed class NegotiationTests
{
    private static readonly byte[] OldRefusal = [0x20, 2, 0, 1];

    [Fact]
    public async Task A_server_of_before_5_gets_a_second_CONNECT_in_3_1_1()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { FallsBack = true });
        await RefuseAsync(peer, OldRefusal);
        var server = await peer.AcceptAsync();
        (await server.ExpectConnectAsync()).Version.ShouldBe(MqttVersion.V311);
        await server.SendAsync(new ConnAckPacket());
        await using var client = await connecting.Within();
        client.Version.ShouldBe(MqttVersion.V311);
        var publishing = client.PublishAsync(Clients.Message("x"));
        await server.AcknowledgeAsync((await server.ExpectPublishAsync()).PacketId);
        await publishing.Within();
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 2, 0, 1 })]
    [InlineData(new byte[] { 0x20, 3, 0, 0x84, 0 })]
    public async Task Without_leave_to_fall_back_the_version_is_the_reason(byte[] refusal)
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        await RefuseAsync(peer, refusal);
        (await Should.ThrowAsync<MqttConnectRefusedException>(() => connecting.Within())).Reason.ShouldBe(ReasonCode.UnsupportedProtocolVersion);
    }

    [Fact]
    public async Task The_servers_identifier_keep_alive_and_another_server_are_told()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with { ClientId = "", UserProperties = [new UserProperty("site", "north")], KeepAlive = TimeSpan.FromHours(1) };
        var connecting = MqttClient.ConnectAsync(options);
        var server = await peer.AcceptAsync();
        (await server.ExpectConnectAsync()).UserProperties.ShouldBe([new UserProperty("site", "north")]);
        await server.SendAsync(new ConnAckPacket { AssignedClientIdentifier = "given", ServerKeepAlive = 1 });
        await using var client = await connecting.Within();
        client.ClientId.ShouldBe("given");
        await server.ExpectAsync(PacketType.PingReq);
        await server.SendAsync(new DisconnectPacket(ReasonCode.UseAnotherServer) { ServerReference = "other:1883" });
        var lost = await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.Within());
        (lost.Reason, lost.ServerReference).ShouldBe((ReasonCode.UseAnotherServer, "other:1883"));
    }

    [Fact]
    public async Task The_will_comes_with_its_delay_and_properties()
    {
        await using var peer = ScriptedPeer.Listen();
        var will = new WillMessage("a/b", "gone"u8.ToArray(), QualityOfService.ExactlyOnce, Retain: false)
        {
            DelayInterval = 30,
            Properties = new PublishProperties { ContentType = "text/plain", UserProperties = [new UserProperty("k", "v")] },
        };
        _ = MqttClient.ConnectAsync(Clients.Options(peer) with { Will = will });
        var got = (await (await peer.AcceptAsync()).ExpectConnectAsync()).Will!;
        (got.Topic, got.Qos, got.DelayInterval, got.Properties!.ContentType).ShouldBe(("a/b", QualityOfService.ExactlyOnce, 30u, "text/plain"));
        got.Properties.UserProperties.ShouldBe([new UserProperty("k", "v")]);
    }

    [Fact]
    public async Task A_session_that_the_server_was_told_to_forget_must_not_come_back()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { SessionPresent = true });
        (await Should.ThrowAsync<MqttProtocolException>(() => connecting.Within())).Statement.ShouldBe("MQTT-3.2.2-2");
    }

    [Fact]
    public async Task A_goodbye_can_end_the_session_and_can_not_keep_one_that_was_to_end()
    {
        await using var peer = ScriptedPeer.Listen();
        var (keeping, server) = await Clients.ConnectAsync(peer, Clients.Options(peer) with { SessionExpiry = TimeSpan.FromHours(1) });
        var leaving = keeping.DisconnectAsync(ReasonCode.DisconnectWithWill, TimeSpan.Zero);
        var goodbye = await server.ExpectDisconnectAsync();
        (goodbye.Reason, goodbye.SessionExpiryInterval).ShouldBe((ReasonCode.DisconnectWithWill, 0u));
        server.Close();
        await leaving.Within();
        var (brief, _) = await Clients.ConnectAsync(peer);
        await Should.ThrowAsync<ArgumentException>(() => brief.DisconnectAsync(sessionExpiry: TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Only_the_first_connection_starts_anew_and_later_ones_resume_what_it_began()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with { ClientId = "", SessionExpiry = TimeSpan.FromHours(1) };
        var tries = 0;
        var quick = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(1),
            Prepare = asked => asked with { UserName = "user", Password = $"{++tries}" },
        };
        await using var client = new ReconnectingMqttClient(options, quick, new Random(1));
        var first = await peer.AcceptAsync();
        var connect = await first.ExpectConnectAsync();
        (connect.ClientId, connect.CleanStart, System.Text.Encoding.UTF8.GetString(connect.Password!)).ShouldBe(("", true, "1"));
        await first.SendAsync(new ConnAckPacket { AssignedClientIdentifier = "given" });
        await client.WaitUntilConnectedAsync().Within();
        first.Reset();
        connect = await (await peer.AcceptAsync()).ExpectConnectAsync();
        (connect.ClientId, connect.CleanStart, System.Text.Encoding.UTF8.GetString(connect.Password!)).ShouldBe(("given", false, "2"));
    }

    [Fact]
    public async Task Connecting_can_be_given_up()
    {
        await using var peer = ScriptedPeer.Listen();
        using var stop = new CancellationTokenSource();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer), stop.Token);
        await (await peer.AcceptAsync()).ExpectConnectAsync();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => connecting.Within());
    }

    private static async Task RefuseAsync(ScriptedPeer peer, byte[] refusal)
    {
        var server = await peer.AcceptAsync();
        (await server.ExpectConnectAsync()).Version.ShouldBe(MqttVersion.V500);
        await server.SendAsync(refusal);
    }
}
