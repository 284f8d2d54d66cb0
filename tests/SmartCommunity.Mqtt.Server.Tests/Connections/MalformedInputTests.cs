using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

/// <summary>Whatever a client sends, only its own connection ends, and the log says why.</summary>
public sealed class MalformedInputTests
{
    [Theory]
    [InlineData("first packet is no CONNECT", "C0 00")]
    [InlineData("first byte is no CONNECT", "47")]
    [InlineData("huge remaining length", "10 FF FF FF 7F")]
    [InlineData("length of five bytes", "10 FF FF FF FF 7F")]
    [InlineData("non-minimal length", "10 80 00")]
    [InlineData("connect flags", "10 0C 0004 4D515454 04 03 0000 0000")]
    [InlineData("empty connect", "10 00")]
    public async Task BeforeSignIn(string what, string hex)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var bystander = await endpoint.ConnectAsync("bystander");
        await using var client = await endpoint.OpenAsync();
        await client.SendAsync(Hex(hex));
        (await client.ReadAsync()).ShouldBeNull(what);
        await bystander.PingAsync();
        await TestEndpoint.UntilAsync(() => endpoint.Log.Lines.Any(l => l.Event == 2002));
    }

    [Theory]
    [InlineData("second CONNECT", "10 0C 0004 4D515454 04 02 0000 0000", 0x82)]
    [InlineData("reserved type", "00 00", 0x82)]
    [InlineData("publish flags", "36 05 0001 74 0001", 0x81)]
    [InlineData("wildcard topic", "30 04 0001 23 00", 0x81)]
    [InlineData("bad UTF-8 in the topic", "30 04 0001 FF 00", 0x81)]
    [InlineData("packet id 0", "32 06 0001 74 0000 00", 0x82)]
    [InlineData("subscribe without a filter", "82 03 0001 00", 0x82)]
    [InlineData("subscribe flags", "80 07 0001 00 0001 61 00", 0x81)]
    [InlineData("bad filter", "82 08 0001 00 0002 2361 00", 0x81)]
    [InlineData("server packet", "20 03 00 00 00", 0x82)]
    [InlineData("server packet SUBACK", "90 04 0001 00 00", 0x82)]
    [InlineData("AUTH", "F0 00", 0x82)]
    [InlineData("alias never set", "30 06 0000 03 230001", 0x82)]
    [InlineData("alias above the maximum", "30 07 0001 74 03 23FFFF", 0x94)]
    [InlineData("subscription identifier from a client", "30 06 0001 74 02 0B05", 0x82)]
    [InlineData("property twice", "30 08 0001 74 04 0101 0101", 0x82)]
    [InlineData("too large", "30 FF FF 7F", 0x95)]
    [InlineData("disconnect that lengthens the session", "E0 07 00 05 1100000005", 0x82)]
    public async Task AfterSignIn(string what, string hex, byte reason)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var bystander = await endpoint.ConnectAsync("bystander");
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex(hex));
        (await client.UntilClosedAsync())!.Reason.ShouldBe((ReasonCode)reason, what);
        await bystander.PingAsync();
        await TestEndpoint.UntilAsync(() => endpoint.Log.Lines.Any(l => l.Event == 2002 && l.Text.Contains("client", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task APingWithABodyIsNotAnswered()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex("C0 01 00"));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task AnOldClientIsJustClosed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.SendAsync(Hex("30 03 0001 23"));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task AStreamThatEndsInsideAPacketIsAViolation()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex("30 10 0001"));
        client.EndOfStream();
        (await client.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.MalformedPacket);
    }

    [Fact]
    public async Task WhatCameBeforeTheBadPacketIsStillAcknowledged()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.PublishAsync("t", "good", qos: 1, packetId: 1);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1));
        await client.SendAsync(Hex("36 05 0001 74 0001"));
        (await client.ReadAsync()).ShouldBeNull();
        endpoint.Receiver.All.Single().Text.ShouldBe("good");
    }

    [Fact]
    public async Task PublishingWhereItMayNotClosesWhenNoAcknowledgementCanSaySo()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var old = await endpoint.ConnectAsync("old");
        await old.PublishAsync("secret/t", "x", qos: 1, packetId: 1);
        (await old.ReadAsync()).ShouldBeNull();
        await using var fresh = await endpoint.ConnectAsync("fresh", MqttVersion.V500);
        await fresh.PublishAsync("secret/t", "x");
        (await fresh.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.NotAuthorized);
        endpoint.Receiver.All.ShouldBeEmpty();
        await TestEndpoint.UntilAsync(() => endpoint.Log.Lines.Count(l => l.Text.Contains("secret/t", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public async Task TheLogIsBounded()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { LogLinesPerSecond = 3 });
        for (var i = 0; i < 20; i++)
        {
            await using var client = await endpoint.OpenAsync();
            await client.SendAsync(Hex("C0 00"));
            (await client.ReadAsync()).ShouldBeNull();
        }

        endpoint.Log.Lines.Count(l => l.Event == 2002).ShouldBe(3);
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
