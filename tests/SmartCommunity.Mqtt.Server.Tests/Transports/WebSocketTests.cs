using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;
using SmartCommunity.Mqtt.Server.Transports;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Tests.Transports;

public sealed class WebSocketTests
{
    [Theory]
    [InlineData(MqttVersion.V311, "mqtt")]
    [InlineData(MqttVersion.V500, "mqtt")]
    [InlineData(MqttVersion.V311, "mqttv3.1")]
    public async Task PublishesAndSubscribesLikeOverTcp(MqttVersion version, string subProtocol)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = await OpenAsync(endpoint, subProtocol);
        socket.SubProtocol.ShouldBe(subProtocol);
        await using var client = Peer(socket, version);
        (await client.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.Success);
        await client.SubscribeAsync("t", qos: 0);
        await client.PublishAsync("t", "hello", qos: 1, packetId: 7);
        object?[] answers = [await client.ReadAsync(), await client.ReadAsync()];
        answers.ShouldContain(new AckPacket(PacketType.PubAck, 7));
        answers.OfType<Message>().Single().Text.ShouldBe("hello");
        var info = endpoint.Mqtt.Connections.Single();
        info.Transport.ShouldBe(TransportKind.WebSocket);
        info.Address.ShouldStartWith("127.0.0.1:");
    }

    [Fact]
    public async Task PacketsSpanFramesAndFramesHoldSeveralPackets()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = await OpenAsync(endpoint);
        var bytes = new ArrayBufferWriter<byte>();
        PacketWriter.Write(bytes, new ConnectPacket { Version = MqttVersion.V311, ClientId = "c" });
        PacketWriter.WritePingReq(bytes);
        PacketWriter.WritePingReq(bytes);
        for (var at = 0; at < bytes.WrittenCount - 3; at++)
            await socket.SendAsync(bytes.WrittenMemory.Slice(at, 1), WebSocketMessageType.Binary, endOfMessage: at % 2 == 0, default);
        await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, endOfMessage: true, default);
        await socket.SendAsync(bytes.WrittenMemory[^3..], WebSocketMessageType.Binary, endOfMessage: true, default);
        await using var client = Peer(socket, MqttVersion.V311);
        (await client.ReadAsync()).ShouldBeOfType<ConnAckPacket>();
        (await client.ReadAsync()).ShouldBe(PacketType.PingResp);
        (await client.ReadAsync()).ShouldBe(PacketType.PingResp);
    }

    [Fact]
    public async Task LargePacketsPassInBothDirections()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = await OpenAsync(endpoint);
        await using var client = Peer(socket, MqttVersion.V500);
        await client.ConnectAsync("c");
        await client.SubscribeAsync("t", qos: 0);
        var text = new string('x', 1_000_000);
        await client.PublishAsync("t", text);
        (await client.ReadMessageAsync()).Text.ShouldBe(text);
    }

    [Fact]
    public async Task ATextFrameClosesWith1003()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = await OpenAsync(endpoint);
        await socket.SendAsync("text"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, default);
        await ShouldCloseAsync(socket, WebSocketCloseStatus.InvalidMessageType);
        await TestEndpoint.UntilAsync(() => endpoint.Log.Lines.Any(l => l.Event == 2002 && l.Text.Contains("MQTT-6.0.0-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ADisconnectClosesNormallyAndAViolationIsSaidFirst()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var polite = await OpenAsync(endpoint);
        await using var client = Peer(polite, MqttVersion.V500);
        await client.ConnectAsync("polite");
        await client.DisconnectAsync();
        await ShouldCloseAsync(polite, WebSocketCloseStatus.NormalClosure);

        using var rude = await OpenAsync(endpoint);
        await using var other = Peer(rude, MqttVersion.V500);
        await other.ConnectAsync("rude");
        await other.SendAsync(new byte[] { 0 });
        (await other.ReadAsync()).ShouldBeOfType<DisconnectPacket>().Reason.ShouldBe(ReasonCode.ProtocolError);
        await ShouldCloseAsync(rude, WebSocketCloseStatus.NormalClosure);
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
    }

    [Fact]
    public async Task AClientThatClosesOrVanishesIsGone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var first = await OpenAsync(endpoint);
        await using var a = Peer(first, MqttVersion.V311);
        await a.ConnectAsync("a");
        using var second = await OpenAsync(endpoint);
        await using var b = Peer(second, MqttVersion.V311);
        await b.ConnectAsync("b");
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        second.Abort();
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
    }

    [Fact]
    public async Task AStopClosesThem()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var socket = await OpenAsync(endpoint);
        await using var client = Peer(socket, MqttVersion.V500);
        await client.ConnectAsync("c");
        var stop = endpoint.StopAsync();
        (await client.ReadAsync()).ShouldBeOfType<DisconnectPacket>().Reason.ShouldBe(ReasonCode.ServerShuttingDown);
        await ShouldCloseAsync(socket, WebSocketCloseStatus.NormalClosure);
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task WhatIsNoMqttWebSocketIsRefused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        foreach (var wrong in new[] { "chat", "MQTT", null })
        {
            using var socket = new ClientWebSocket();
            if (wrong is not null) socket.Options.AddSubProtocol(wrong);
            socket.Options.CollectHttpResponseDetails = true;
            await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(Address(endpoint), default));
            socket.HttpStatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{endpoint.HttpPort}/mqtt"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    private static Uri Address(TestEndpoint endpoint) => new($"ws://127.0.0.1:{endpoint.HttpPort}/mqtt");

    private static async Task<ClientWebSocket> OpenAsync(TestEndpoint endpoint, string subProtocol = "mqtt")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subProtocol);
        await socket.ConnectAsync(Address(endpoint), default);
        return socket;
    }

    private static RawPeer Peer(WebSocket socket, MqttVersion version) =>
        RawPeer.Over(WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: false), version);

    private static async Task ShouldCloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.Open) await socket.ReceiveAsync(buffer, limit.Token);
        socket.CloseStatus.ShouldBe(status);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }
}
