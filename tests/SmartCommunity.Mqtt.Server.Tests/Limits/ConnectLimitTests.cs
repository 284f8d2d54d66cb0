using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Limits;

public sealed class ConnectLimitTests
{
    [Theory]
    [InlineData(MqttVersion.V311, ReasonCode.ServerUnavailable)]
    [InlineData(MqttVersion.V500, ReasonCode.QuotaExceeded)]
    public async Task ConnectionsFromOneAddress(MqttVersion version, ReasonCode reason)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxConnectionsPerAddress = 2 });
        await using var first = await endpoint.ConnectAsync("a");
        await using var second = await endpoint.ConnectAsync("b");
        await using (var third = await endpoint.OpenAsync(version)) (await third.ConnectAsync("c")).Reason.ShouldBe(reason);
        ShouldHaveLogged(endpoint, "connections-per-address");

        second.Drop();
        await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 1);
        await using var fourth = await endpoint.ConnectAsync("d");
        await first.PingAsync();
    }

    [Fact]
    public async Task ConnectRateFromOneAddress()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ConnectRatePerAddress = 1, ConnectBurstPerAddress = 3 });
        for (var i = 0; i < 3; i++) await ConnectOnceAsync(endpoint);
        await using (var soon = await endpoint.OpenAsync(MqttVersion.V500))
            (await soon.ConnectAsync("soon")).Reason.ShouldBe(ReasonCode.ConnectionRateExceeded);
        ShouldHaveLogged(endpoint, "connect-rate-per-address");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await ConnectOnceAsync(endpoint);
    }

    [Fact]
    public async Task WhoeverIsTooManyToBeToldIsClosedWithoutAWord()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxConnections = 1, MaxRefusalsAtOnce = 1 });
        await using var only = await endpoint.ConnectAsync("only");
        await using var silent = await endpoint.OpenAsync();
        await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 2);
        await using var closed = await endpoint.OpenAsync();
        (await closed.ReadAsync()).ShouldBeNull();
        endpoint.Clock.Advance(TimeSpan.FromSeconds(11));
        (await silent.ReadAsync()).ShouldBeNull();
        await only.PingAsync();
        await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 1);
    }

    [Fact]
    public async Task ConnectionsThatDoNotSignIn()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxUnauthenticatedPerAddress = 2 });
        await using var before = await endpoint.ConnectAsync("before");
        await using var silent = await endpoint.OpenAsync();
        await using var other = await endpoint.OpenAsync();
        await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 3);
        await using (var refused = await endpoint.OpenAsync(MqttVersion.V500)) (await refused.ConnectAsync("x")).Reason.ShouldBe(ReasonCode.QuotaExceeded);
        (await silent.ConnectAsync("late")).Reason.ShouldBe(ReasonCode.Success);
        await using var after = await endpoint.ConnectAsync("after");
    }

    [Fact]
    public async Task WrongCredentialsAreAnsweredMoreSlowlyAndRightOnesAreNot()
    {
        var options = new MqttServerOptions { FailedSignInBurstPerAddress = 2, FailedSignInsPerSecondPerAddress = 0.01, MaxHeldRefusalsPerAddress = 2 };
        await using var endpoint = await TestEndpoint.StartAsync(options);
        for (var i = 0; i < 2; i++)
        {
            await using var quick = await endpoint.OpenAsync();
            (await GuessAsync(quick)).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        }

        var timers = endpoint.Clock.ArmedTimers;
        await using var held = await endpoint.OpenAsync();
        var answer = GuessAsync(held);
        await TestEndpoint.UntilAsync(() => endpoint.Clock.ArmedTimers == timers + 1);
        await using (var neighbour = await endpoint.ConnectAsync("neighbour")) await neighbour.PingAsync();
        await using var alsoHeld = await endpoint.OpenAsync();
        var other = GuessAsync(alsoHeld);
        await TestEndpoint.UntilAsync(() => endpoint.Clock.ArmedTimers == timers + 2);
        var looks = endpoint.SignIns.Count();
        await using (var unseen = await endpoint.OpenAsync(MqttVersion.V500)) (await GuessAsync(unseen)).Reason.ShouldBe(ReasonCode.ConnectionRateExceeded);
        endpoint.SignIns.Count().ShouldBe(looks, "what came while two were held back was not even looked at");
        (answer.IsCompleted, other.IsCompleted).ShouldBe((false, false));

        endpoint.Clock.Advance(options.FailedSignInDelay);
        (await answer).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        (await other).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);
        ShouldHaveLogged(endpoint, "failed-sign-ins");
        await using var again = await endpoint.ConnectAsync("again");
    }

    [Fact]
    public async Task AConnectThatComesByteByByteEndsWithItsTime()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var slow = await endpoint.OpenAsync();
        byte[] connect = [0x10, 0x0D, 0x00, 0x04, .. "MQTT"u8, 0x04, 0x02, 0x00, 0x00, 0x00, 0x01, (byte)'c'];
        for (var i = 0; i < 11; i++)
        {
            await slow.SendAsync(connect.AsMemory(i, 1));
            if (i == 0) await TestEndpoint.UntilAsync(() => endpoint.OpenSockets == 1);
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await slow.ReadAsync()).ShouldBeNull();
        ShouldHaveLogged(endpoint, "connect-time");
    }

    [Fact]
    public async Task AWillThatIsTooLargeIsRefused()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxWillBytes = 100 });
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        var will = new WillMessage("t", new byte[101], QualityOfService.AtMostOnce, Retain: false);
        (await client.ConnectAsync("c", c => c with { Will = will })).Reason.ShouldBe(ReasonCode.QuotaExceeded);
        ShouldHaveLogged(endpoint, "will-size");
    }

    [Fact]
    public async Task AStormOfTakeOversLeavesOneOwner()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var storm = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var client = await endpoint.OpenAsync(MqttVersion.V500);
            await client.SendAsync(o => Writing.PacketWriter.Write(o, new ConnectPacket { Version = MqttVersion.V500, ClientId = "same" }));
            return client;
        }));
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 1 && endpoint.OpenSockets == 1);
        var answered = 0;
        foreach (var client in storm)
        {
            await using var one = client;
            if (await client.ReadAsync() is not { } answer) continue;
            answer.ShouldBeOfType<ConnAckPacket>().Reason.ShouldBe(ReasonCode.Success);
            answered++;
        }

        answered.ShouldBeGreaterThan(0);
    }

    private static async Task ConnectOnceAsync(TestEndpoint endpoint)
    {
        await using var client = await endpoint.ConnectAsync("once");
    }

    private static Task<ConnAckPacket> GuessAsync(RawPeer peer) =>
        peer.ConnectAsync("guesser", c => c with { UserName = "camera-1", Password = Encoding.UTF8.GetBytes("wrong") });

    private static void ShouldHaveLogged(TestEndpoint endpoint, string limit) =>
        endpoint.Log.Lines.ShouldContain(l => l.Event == 2020 && l.Text.Contains($"Limit {limit} ", StringComparison.Ordinal));
}
