using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Sessions;

/// <summary>What outlives a connection, and who owns it.</summary>
public sealed class SessionTests
{
    private static readonly Func<ConnectPacket, ConnectPacket> Lasting =
        c => c with { CleanStart = false, SessionExpiryInterval = c.Version == MqttVersion.V500 ? 3600 : null };

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task MessagesWaitForALastingSessionAndUnacknowledgedOnesComeAgainFirst(MqttVersion version)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using (var first = await endpoint.ConnectAsync("s", version, Lasting))
        {
            await first.SubscribeAsync("a/#");
            await endpoint.Mqtt.PublishAsync("a/1", "one"u8.ToArray());
            await endpoint.Mqtt.PublishAsync("a/2", "two"u8.ToArray());
            (await first.ReadMessageAsync()).Duplicate.ShouldBeFalse();
            await first.AckAsync(PacketType.PubAck, (await first.ReadMessageAsync()).PacketId);
            await first.PingAsync();
            first.Drop();
        }

        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        await endpoint.Mqtt.PublishAsync("a/3", "three"u8.ToArray());
        await endpoint.Mqtt.PublishAsync("a/4", "lost, because QoS 0 does not wait"u8.ToArray(), QualityOfService.AtMostOnce);

        await using var second = await endpoint.OpenAsync(version);
        (await second.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeTrue();
        var again = await second.ReadMessageAsync();
        (again.Text, again.Duplicate).ShouldBe(("one", true));
        var waited = await second.ReadMessageAsync();
        (waited.Text, waited.Duplicate).ShouldBe(("three", false));
        await second.AckAsync(PacketType.PubAck, again.PacketId);
        await second.AckAsync(PacketType.PubAck, waited.PacketId);
        await second.PingAsync();
        await endpoint.Mqtt.PublishAsync("a/5", "five"u8.ToArray());
        (await second.ReadMessageAsync()).Text.ShouldBe("five");
    }

    [Fact]
    public async Task ACleanStartForgetsEverything()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using (var first = await endpoint.ConnectAsync("s", with: Lasting)) await first.SubscribeAsync("a/#");
        await using var second = await endpoint.OpenAsync();
        (await second.ConnectAsync("s")).SessionPresent.ShouldBeFalse();
        await endpoint.Mqtt.PublishAsync("a/1", "one"u8.ToArray());
        await second.PingAsync();
        await second.DisconnectAsync();
        (await second.ReadAsync()).ShouldBeNull();
        await using var third = await endpoint.OpenAsync();
        (await third.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeFalse("a clean session ends with its connection");
    }

    [Fact]
    public async Task ASessionExpires()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using (var first = await endpoint.ConnectAsync("s", MqttVersion.V500, Lasting)) await first.SubscribeAsync("a/#");
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(3599));
        await using (var second = await endpoint.OpenAsync(MqttVersion.V500))
        {
            (await second.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeTrue();
            endpoint.Clock.Advance(TimeSpan.FromSeconds(5000));
            await second.PingAsync();
            await second.DisconnectAsync();
            (await second.ReadAsync()).ShouldBeNull();
        }

        endpoint.Clock.Advance(TimeSpan.FromSeconds(3601));
        await using var third = await endpoint.OpenAsync(MqttVersion.V500);
        (await third.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeFalse();
    }

    [Fact]
    public async Task DisconnectMayShortenTheSession()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var first = await endpoint.ConnectAsync("s", MqttVersion.V500, Lasting);
        await first.SendAsync(o => Writing.PacketWriter.Write(o, MqttVersion.V500, new DisconnectPacket { SessionExpiryInterval = 0 }));
        (await first.ReadAsync()).ShouldBeNull();
        await using var second = await endpoint.OpenAsync(MqttVersion.V500);
        (await second.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeFalse();
    }

    [Fact]
    public async Task ASecondConnectionTakesTheSessionOver()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var first = await endpoint.ConnectAsync("s", MqttVersion.V500, Lasting);
        await first.SubscribeAsync("a/#");
        await using var second = await endpoint.OpenAsync(MqttVersion.V500);
        (await second.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeTrue();
        (await first.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.SessionTakenOver);
        await endpoint.Mqtt.PublishAsync("a/1", "one"u8.ToArray());
        (await second.ReadMessageAsync()).Text.ShouldBe("one");
        endpoint.Mqtt.Connections.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnotherAccountWithTheSameClientIdTakesNothingOver()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var first = await endpoint.ConnectAsync("same", with: c => c with { UserName = "a" });
        await using var second = await endpoint.ConnectAsync("same", with: c => c with { UserName = "b" });
        await first.PingAsync();
        await second.PingAsync();
    }

    [Fact]
    public async Task AStormOfTakeOversLeavesOneOwner()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var peers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => endpoint.OpenAsync()));
        var connects = peers.Select(p => p.SendAsync(o => Writing.PacketWriter.Write(o, new ConnectPacket { Version = MqttVersion.V311, ClientId = "s" })));
        await Task.WhenAll(connects);
        var closed = peers.Select(p => p.UntilClosedAsync()).ToList();
        while (closed.Count > 1) closed.Remove(await Task.WhenAny(closed).WaitAsync(TimeSpan.FromSeconds(10)));
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 1);
        closed.Single().IsCompleted.ShouldBeFalse();
        foreach (var peer in peers) await peer.DisposeAsync();
    }

    [Fact]
    public async Task TheQueueOfAnAbsentClientIsBoundedAndTheOldestGoes()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxQueuedMessages = 3 });
        await using (var first = await endpoint.ConnectAsync("s", with: Lasting)) await first.SubscribeAsync("a");
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        for (var i = 1; i <= 5; i++) await endpoint.Mqtt.PublishAsync("a", new[] { (byte)('0' + i) });
        await using var second = await endpoint.ConnectAsync("s", with: Lasting);
        foreach (var expected in new[] { "3", "4", "5" }) (await second.ReadMessageAsync()).Text.ShouldBe(expected);
        await second.PingAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SessionsAreBounded(bool endsAbsent)
    {
        var options = new MqttServerOptions { MaxConnections = 2, MaxSessions = 2, EndAbsentSessionsWhenFull = endsAbsent };
        await using var endpoint = await TestEndpoint.StartAsync(options);
        for (var i = 0; i < 2; i++)
        {
            await using var away = await endpoint.ConnectAsync($"s{i}", MqttVersion.V500, Lasting);
            await away.DisconnectAsync();
            (await away.ReadAsync()).ShouldBeNull();
        }

        await using var third = await endpoint.OpenAsync(MqttVersion.V500);
        (await third.ConnectAsync("s2", Lasting)).Reason.ShouldBe(endsAbsent ? ReasonCode.Success : ReasonCode.QuotaExceeded);
        await using var oldest = await endpoint.OpenAsync(MqttVersion.V500);
        if (endsAbsent) (await oldest.ConnectAsync("s1", Lasting)).SessionPresent.ShouldBeTrue("the one that was away longer went");
    }

    [Fact]
    public async Task AnAccountPushesOutItsOwnAbsentSessionsOnly()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxAbsentSessionsPerAccount = 3 });
        await LeaveAsync("other", "o");
        for (var i = 0; i < 10; i++) await LeaveAsync("many", $"m{i}");
        (await PresentAsync("other", "o"), await PresentAsync("many", "m6"), await PresentAsync("many", "m9")).ShouldBe((true, false, true));

        async Task LeaveAsync(string account, string clientId)
        {
            await using var peer = await endpoint.ConnectAsync(clientId, MqttVersion.V500, c => Lasting(c) with { UserName = account });
            await peer.DisconnectAsync();
            (await peer.ReadAsync()).ShouldBeNull();
            await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        }

        async Task<bool> PresentAsync(string account, string clientId)
        {
            await using var peer = await endpoint.OpenAsync(MqttVersion.V500);
            return (await peer.ConnectAsync(clientId, c => Lasting(c) with { UserName = account })).SessionPresent;
        }
    }
}
