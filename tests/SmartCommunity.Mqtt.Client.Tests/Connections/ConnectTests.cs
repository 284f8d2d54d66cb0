using System.Net;
using System.Net.Sockets;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Connections;

public sealed class ConnectTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task Connect_says_who_it_is_and_what_to_publish_when_it_vanishes(MqttVersion version)
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with
        {
            Version = version,
            UserName = "d1",
            Password = "令牌",
            CleanStart = false,
            SessionExpiry = TimeSpan.FromHours(1),
            KeepAlive = TimeSpan.FromSeconds(45),
            Will = new WillMessage("sc/v1/d1/status", "offline"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true),
        };
        var connecting = MqttClient.ConnectAsync(options);
        var server = await peer.AcceptAsync();

        var connect = await server.ExpectConnectAsync();
        connect.Version.ShouldBe(version);
        connect.ClientId.ShouldBe("d1");
        connect.UserName.ShouldBe("d1");
        System.Text.Encoding.UTF8.GetString(connect.Password!).ShouldBe("令牌");
        connect.CleanStart.ShouldBeFalse();
        connect.KeepAlive.ShouldBe((ushort)45);
        connect.SessionExpiryInterval.ShouldBe(version == MqttVersion.V500 ? 3600u : null);
        connect.Will!.Topic.ShouldBe("sc/v1/d1/status");
        connect.Will.Payload.Text().ShouldBe("offline");
        connect.Will.Retain.ShouldBeTrue();

        await server.SendAsync(new ConnAckPacket { SessionPresent = true });
        await using var client = await connecting.Within();
        client.ConnAck.SessionPresent.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MqttVersion.V311, ReasonCode.BadUserNameOrPassword, false)]
    [InlineData(MqttVersion.V311, ReasonCode.ServerUnavailable, true)]
    [InlineData(MqttVersion.V500, ReasonCode.NotAuthorized, false)]
    [InlineData(MqttVersion.V500, ReasonCode.ServerBusy, true)]
    public async Task A_refusal_carries_the_servers_reason(MqttVersion version, ReasonCode reason, bool transient)
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer) with { Version = version });
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        await server.SendAsync(new ConnAckPacket { Reason = reason, ReasonString = version == MqttVersion.V500 ? "not today" : null });

        var refusal = await Should.ThrowAsync<MqttConnectRefusedException>(() => connecting.Within());
        refusal.Reason.ShouldBe(reason);
        refusal.IsTransient.ShouldBe(transient);
        if (version == MqttVersion.V500) refusal.Message.ShouldContain("not today");
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Dispose();

        var exception = await Should.ThrowAsync<MqttUnreachableException>(() => MqttClient.ConnectAsync(new() { Port = port }).Within());
        exception.Message.ShouldContain(port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unreachable()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = Clients.Options(peer) with { ConnectTimeout = TimeSpan.FromMilliseconds(200) };
        await Should.ThrowAsync<MqttUnreachableException>(() => MqttClient.ConnectAsync(options).Within());
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_unreachable()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        server.Close();
        await Should.ThrowAsync<MqttUnreachableException>(() => connecting.Within());
    }

    [Fact]
    public async Task Something_else_than_an_MQTT_server_is_a_protocol_violation()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        await Should.ThrowAsync<MqttProtocolException>(() => connecting.Within());
    }

    [Fact]
    public async Task Bytes_that_come_with_the_CONNACK_or_one_by_one_are_not_lost()
    {
        await using var peer = ScriptedPeer.Listen();
        var connecting = MqttClient.ConnectAsync(Clients.Options(peer));
        var server = await peer.AcceptAsync();
        await server.ExpectConnectAsync();
        // connack, then "a" = "1" at QoS 0, both MQTT 5.0
        await server.SendAsync(new byte[] { 0x20, 3, 0, 0, 0, 0x30, 5, 0, 1, (byte)'a', 0, (byte)'1' });
        await using var client = await connecting.Within();
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("1");

        foreach (var value in new byte[] { 0x30, 5, 0, 1, (byte)'a', 0, (byte)'2' }) await server.SendAsync(new[] { value });
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("2");
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task An_option_out_of_range_is_named(string name, MqttClientOptions options) =>
        (await Should.ThrowAsync<ArgumentException>(() => MqttClient.ConnectAsync(options))).Message.ShouldContain(name);

    public static TheoryData<string, MqttClientOptions> BadOptions() => new()
    {
        { nameof(MqttClientOptions.Port), new() { Port = 0 } },
        { nameof(MqttClientOptions.ClientId), new() { CleanStart = false } },
        { nameof(MqttClientOptions.MaxInFlight), new() { MaxInFlight = 60_001 } },
        { nameof(MqttClientOptions.KeepAlive), new() { KeepAlive = TimeSpan.FromDays(1) } },
        { nameof(MqttClientOptions.Password), new() { Version = MqttVersion.V311, Password = "secret" } },
    };
}
