using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Conformance;

/// <summary>What the endpoint answers to whole packets that are allowed, misplaced or malformed, byte by byte.</summary>
public sealed class PacketVerdictTests
{
    [Theory]
    [InlineData("other protocol name", "10 0D 0004 4D515455 04 02 000A 0001 70", "")]
    [InlineData("reserved flag", "10 0D 0004 4D515454 04 03 000A 0001 70", "")]
    [InlineData("old client without an identifier", "10 0E 0006 4D5149736470 03 02 000A 0000", "2002 00 02")]
    [InlineData("old client", "10 0F 0006 4D5149736470 03 02 000A 0001 70", "2002 00 00")]
    [InlineData("no identifier for a lasting session", "10 0C 0004 4D515454 04 00 000A 0000", "2002 00 02")]
    [InlineData("password without a user", "10 10 0004 4D515454 04 42 000A 0001 70 0001 70", "")]
    [InlineData("user flag without a user", "10 0D 0004 4D515454 04 82 000A 0001 70", "")]
    [InlineData("control character in a name", "10 0F 0004 4D515454 04 02 000A 0003 610162", "")]
    [InlineData("surrogate in a name", "10 0F 0004 4D515454 04 02 000A 0003 EDA080", "")]
    [InlineData("cut off in 5.0", "10 0E 0004 4D515454 05 82 000A 00 0001 70", "")]
    [InlineData("text behind the end in 5.0", "10 11 0004 4D515454 05 02 000A 00 0001 71 0001 71", "2003 00 81 00")]
    [InlineData("unknown property", "10 10 0004 4D515454 05 02 000A 02 0C01 0001 70", "2003 00 81 00")]
    [InlineData("property of another packet", "10 10 0004 4D515454 05 02 000A 02 0101 0001 70", "2003 00 82 00")]
    [InlineData("property without its value", "10 0F 0004 4D515454 05 02 000A 01 21 0001 70", "2003 00 81 00")]
    [InlineData("authentication method", "10 12 0004 4D515454 05 02 000A 04 150001 6D 0001 70", "2003 00 8C 00")]
    [InlineData("maximum packet size that no CONNACK fits", "10 13 0004 4D515454 05 02 000A 05 2700000002 0001 70", "")]
    public async Task AConnectIsAnsweredOrNot(string what, string hex, string answer)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync();
        await client.SendAsync(Hex(hex));
        Convert.ToHexString(await client.ReceiveOnceAsync()).ShouldBe(Convert.ToHexString(Hex(answer)), what);
    }

    [Theory]
    [InlineData("C0 00", "D000")]
    [InlineData("30 05 0001 74 00 78", "")]
    [InlineData("32 07 0001 74 1234 00 78", "4002 1234")]
    [InlineData("3A 07 0001 74 1234 00 78", "4002 1234")]
    [InlineData("34 07 0001 74 1234 00 78", "5002 1234")]
    [InlineData("32 0C 0001 74 1234 05 26 0000 0000 78", "4002 1234")]
    [InlineData("82 07 1234 00 0001 70 02", "9004 1234 00 02")]
    [InlineData("82 09 1234 02 0B01 0001 70 00", "9004 1234 00 00")]
    [InlineData("82 0B 1234 00 0001 70 01 0001 71 00", "9005 1234 00 01 00")]
    [InlineData("A2 06 1234 00 0001 70", "B004 1234 00 11")]
    [InlineData("A2 09 1234 00 0001 70 0001 71", "B005 1234 00 11 11")]
    [InlineData("40 02 0001", "")]
    [InlineData("50 02 0001", "6202 0001")]
    [InlineData("50 03 0001 80", "")]
    [InlineData("62 02 0001", "7002 0001")]
    [InlineData("70 02 0001", "")]
    public async Task AllowedPacketsAreAnsweredAndTheClientStays(string hex, string answer)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex(hex));
        var expected = Convert.ToHexString(Hex(answer));
        var got = "";
        while (got.Length < expected.Length) got += Convert.ToHexString(await client.ReceiveOnceAsync());
        got.ShouldBe(expected);
        await client.PingAsync();
    }

    [Theory]
    [InlineData("00 00", 0x82)]
    [InlineData("21 03 00 00 00", 0x82)]
    [InlineData("F1 00", 0x82)]
    [InlineData("38 04 0001 74 00", 0x81)]
    [InlineData("36 06 0001 74 0001 00", 0x81)]
    [InlineData("34 06 0001 74 0000 00", 0x82)]
    [InlineData("30 06 0003 61 01 62 00", 0x81)]
    [InlineData("30 05 0002 C29F 00", 0x81)]
    [InlineData("32 0A 0001 74 0001 04 1F000170", 0x82)]
    [InlineData("32 0A 0001 74 0001 04 08000123", 0x82)]
    [InlineData("40 03 0000 00", 0x82)]
    [InlineData("40 04 0001 FF 00", 0x82)]
    [InlineData("41 02 0001", 0x81)]
    [InlineData("60 02 0001", 0x81)]
    [InlineData("80 07 1234 00 0001 70 00", 0x81)]
    [InlineData("82 07 0000 00 0001 70 00", 0x81)]
    [InlineData("82 07 1234 00 0001 70 03", 0x81)]
    [InlineData("82 07 1234 00 0001 70 30", 0x82)]
    [InlineData("82 07 1234 00 0001 70 C0", 0x81)]
    [InlineData("82 09 1234 02 0101 0001 70 00", 0x81)]
    [InlineData("82 0E 1234 00 0008 24736861 72652F70 00", 0x82)]
    [InlineData("82 06 1234 00 0000 00", 0x81)]
    [InlineData("A2 03 1234 00", 0x82)]
    [InlineData("A0 06 1234 00 0001 70", 0x81)]
    [InlineData("90 04 0001 00 00", 0x82)]
    [InlineData("B0 04 0001 00 00", 0x82)]
    [InlineData("D0 00", 0x82)]
    [InlineData("E1 00", 0x81)]
    [InlineData("E0 04 00 02 0101", 0x82)]
    public async Task AViolationIsNamedInMqtt5AndEndsTheConnection(string hex, byte reason)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex(hex));
        (await client.UntilClosedAsync())!.Reason.ShouldBe((ReasonCode)reason);
    }

    [Theory]
    [InlineData("F0 00")]
    [InlineData("E0 01 00")]
    [InlineData("82 06 1234 0001 70 04")]
    [InlineData("82 02 1234")]
    [InlineData("A2 02 1234")]
    [InlineData("32 05 0001 74 0000")]
    [InlineData("40 03 0001 00")]
    [InlineData("60 02 0001")]
    [InlineData("30 03 0001 2B")]
    [InlineData("30 04 0002 C080")]
    public async Task AViolationIsOnlyClosedInMqtt311(string hex)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client");
        await client.SendAsync(Hex(hex));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task AGoodbyeWithAReasonThatDoesNotExistIsNotAnswered()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("client", MqttVersion.V500);
        await client.SendAsync(Hex("E0 01 05"));
        (await client.UntilClosedAsync()).ShouldBeNull();
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
