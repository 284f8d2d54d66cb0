using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

public sealed class HandshakeTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task AWrongPasswordIsRefusedWithALogLine(MqttVersion version)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync(version);
        var answer = await client.ConnectAsync("c", c => c with { UserName = "camera-1", Password = Encoding.UTF8.GetBytes("wrong") });
        answer.Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        (await client.ReadAsync()).ShouldBeNull();
        endpoint.Log.Lines.ShouldContain(l =>
            l.Event == 2000 && l.Text.Contains("camera-1", StringComparison.Ordinal) && l.Text.Contains("0x86", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task AWillOnAForbiddenTopicIsRefused(MqttVersion version)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync(version);
        var will = new WillMessage("secret/x", new byte[1], QualityOfService.AtMostOnce, Retain: false);
        var answer = await client.ConnectAsync("c", c => c with { Will = will });
        answer.Reason.ShouldBe(ReasonCode.NotAuthorized);
    }

    [Fact]
    public async Task AnEmptyClientIdGetsOneInMqtt5AndNeedsACleanSessionIn311()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        (await client.ConnectAsync("")).AssignedClientIdentifier.ShouldNotBeNullOrEmpty();
        await using var clean = await endpoint.ConnectAsync("");
        await using var lasting = await endpoint.OpenAsync();
        (await lasting.ConnectAsync("", c => c with { CleanStart = false })).Reason.ShouldBe(ReasonCode.ClientIdentifierNotValid);
    }

    [Fact]
    public async Task TheLimitsAreAnnouncedToMqtt5()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ReceiveMaximum = 77, TopicAliasMaximum = 3, MaxPacketSize = 20_000 });
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        var answer = await client.ConnectAsync("c", c => c with { SessionExpiryInterval = uint.MaxValue });
        (answer.ReceiveMaximum, answer.TopicAliasMaximum, answer.MaximumPacketSize).ShouldBe(((ushort)77, (ushort)3, 20_000u));
        answer.SessionExpiryInterval.ShouldBe((uint)TimeSpan.FromDays(7).TotalSeconds);
        answer.SharedSubscriptionAvailable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("10 0C 0006 4D5149736470 02 02 0000 0000", "20 03 00 84 00")]
    [InlineData("10 0C 0004 4D515454 03 02 0000 0000", "20 02 00 01")]
    [InlineData("10 0D 0004 4D515454 06 02 0000 00 0000", "20 03 00 84 00")]
    [InlineData("10 0D 0004 4D515454 05 03 0000 00 0000", "20 03 00 81 00")]
    public async Task OtherProtocolsAndBadMqtt5AreToldWhy(string connect, string answer)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync();
        var bytes = Convert.FromHexString(connect.Replace(" ", "", StringComparison.Ordinal));
        bytes[1] = (byte)(bytes.Length - 2);
        await client.SendAsync(bytes);
        Convert.ToHexString(await client.ReceiveOnceAsync()).ShouldBe(answer.Replace(" ", "", StringComparison.Ordinal));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task EnhancedAuthenticationIsRefused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        (await client.ConnectAsync("c", c => c with { AuthenticationMethod = "SCRAM" })).Reason.ShouldBe(ReasonCode.BadAuthenticationMethod);
    }

    [Fact]
    public async Task SilenceOrHalfAConnectEndsAfterTheConnectTimeout()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var silent = await endpoint.OpenAsync();
        await using var half = await endpoint.OpenAsync();
        await half.SendAsync(new byte[] { 0x10, 0x0C, 0x00, 0x04 });
        await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 2);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await using var inTime = await endpoint.ConnectAsync("c");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1.1));
        (await silent.ReadAsync()).ShouldBeNull();
        (await half.ReadAsync()).ShouldBeNull();
        await inTime.PingAsync();
    }

    [Fact]
    public async Task PacketsRightBehindConnectAreProcessed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.OpenAsync();
        await client.SendAsync(o =>
        {
            Writing.PacketWriter.Write(o, new ConnectPacket { Version = MqttVersion.V311, ClientId = "c" });
            Writing.PacketWriter.Write(o, MqttVersion.V311, new OutgoingPublish { Topic = "t"u8, Qos = QualityOfService.AtLeastOnce, PacketId = 1 });
        });
        (await client.ReadAsync()).ShouldBeOfType<ConnAckPacket>().Reason.ShouldBe(ReasonCode.Success);
        (await client.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1));
    }

    [Fact]
    public async Task OneConnectionTooManyIsToldSoAndTheOthersStay()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxConnections = 2 });
        await using var first = await endpoint.ConnectAsync("a");
        await using var second = await endpoint.ConnectAsync("b");
        await using var third = await endpoint.OpenAsync(MqttVersion.V500);
        (await third.ConnectAsync("c")).Reason.ShouldBe(ReasonCode.ServerBusy);
        (await third.ReadAsync()).ShouldBeNull();
        await first.PingAsync();
        first.Drop();
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 1);
        await using var fourth = await endpoint.ConnectAsync("d");
    }
}
