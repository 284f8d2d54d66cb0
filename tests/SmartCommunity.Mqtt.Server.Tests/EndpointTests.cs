using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task ConnectionsAreListed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var stranger = await endpoint.OpenAsync();
        await using var client = await endpoint.ConnectAsync("c1", MqttVersion.V500, c => c with { UserName = "camera-1" });
        await client.SubscribeAsync("t", qos: 0);
        await client.PublishAsync("t", "x");
        await client.ReadMessageAsync();
        await client.PingAsync();
        var info = endpoint.Mqtt.Connections.Single();
        (info.ClientId, info.Name, info.Kind, info.Version).ShouldBe(("c1", "camera-1", ClientKind.Device, MqttVersion.V500));
        (info.MessagesIn, info.MessagesOut, info.Queued).ShouldBe((1, 1, 0));
        info.Address.ShouldStartWith("127.0.0.1:");
        info.Since.ShouldBe(endpoint.Clock.GetUtcNow());
    }

    [Fact]
    public async Task AnOperatorMayDisconnectAClientAndAnAccount()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var a = await endpoint.ConnectAsync("a", MqttVersion.V500, c => c with { UserName = "one" });
        await using var b = await endpoint.ConnectAsync("b", MqttVersion.V500, c => c with { UserName = "two" });
        (await endpoint.Mqtt.DisconnectAsync("nobody")).ShouldBeFalse();
        (await endpoint.Mqtt.DisconnectAsync("a")).ShouldBeTrue();
        (await a.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.AdministrativeAction);
        await b.PingAsync();
        (await endpoint.Mqtt.DisconnectAccountAsync("two")).ShouldBeTrue();
        (await b.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.AdministrativeAction);
    }

    [Fact]
    public async Task AStopSaysGoodbyeAndLeavesWhatWasNotFlushedUnacknowledged()
    {
        await using var endpoint = await TestEndpoint.StartAsync(immediate: false);
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500);
        await client.PublishAsync("t", "x", qos: 1, packetId: 1);
        await client.PingAsync();
        await endpoint.Mqtt.StopAsync();
        (await client.ReadAsync()).ShouldBe(new Packets.DisconnectPacket(ReasonCode.ServerShuttingDown));
        (await client.ReadAsync()).ShouldBeNull();
        await using var late = await endpoint.OpenAsync();
        (await late.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task PublishingOnABadTopicIsTheCallersMistake()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await Should.ThrowAsync<ArgumentException>(async () => await endpoint.Mqtt.PublishAsync("a/#", default));
    }

    [Fact]
    public void EveryBadLimitIsNamed()
    {
        new MqttServerOptions().Validate().ShouldBeEmpty();
        var bad = new MqttServerOptions { MaxPacketSize = 10, ReceiveMaximum = 70_000, SendTimeout = TimeSpan.Zero, MaxSessions = 1 };
        var errors = bad.Validate();
        errors.Count.ShouldBe(4);
        foreach (var name in new[] { "MaxPacketSize", "ReceiveMaximum", "SendTimeout", "MaxSessions" })
            errors.ShouldContain(e => e.StartsWith(name, StringComparison.Ordinal));
    }
}
