using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Sessions;

public sealed class WillTests
{
    private static readonly WillMessage Offline = new("sc/v1/d/status", "offline"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true);

    [Fact]
    public async Task ALostConnectionPublishesItToTheReceiverAndToSubscribers()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var watcher = await endpoint.ConnectAsync("w");
        await watcher.SubscribeAsync("sc/v1/+/status");
        await using var device = await endpoint.ConnectAsync("d", with: c => c with { Will = Offline });
        device.Drop();
        (await watcher.ReadMessageAsync()).Text.ShouldBe("offline");
        var received = endpoint.Receiver.All.Single();
        (received.Text, received.Message.Origin, received.Message.QualityOfService, received.Publisher.ClientId)
            .ShouldBe(("offline", PublishOrigin.Will, (byte)1, "d"));

        await using var late = await endpoint.ConnectAsync("l");
        await late.SubscribeAsync("#");
        (await late.ReadMessageAsync()).Retain.ShouldBeTrue();
    }

    [Fact]
    public async Task ANormalDisconnectDropsIt()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var device = await endpoint.ConnectAsync("d", with: c => c with { Will = Offline });
        await device.DisconnectAsync();
        (await device.ReadAsync()).ShouldBeNull();
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
        endpoint.Receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mqtt5MayDisconnectWithIt()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var device = await endpoint.ConnectAsync("d", MqttVersion.V500, c => c with { Will = Offline });
        await device.DisconnectAsync(ReasonCode.DisconnectWithWill);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 1);
    }

    [Fact]
    public async Task AProtocolViolationAndATakeOverPublishIt()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var bad = await endpoint.ConnectAsync("bad", with: c => c with { Will = Offline });
        await bad.SendAsync(new byte[] { 0 });
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 1);
        await using var first = await endpoint.ConnectAsync("d", with: c => c with { Will = Offline });
        await using var second = await endpoint.ConnectAsync("d", with: c => c with { Will = Offline });
        endpoint.Receiver.All.Count.ShouldBe(2, "the old connection's will comes before the new connection is answered");
    }

    [Fact]
    public async Task ADelayedWillIsVoidWhenTheClientComesBackInTime()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Func<ConnectPacket, ConnectPacket> with = c => c with { Will = Offline with { DelayInterval = 10 }, CleanStart = false, SessionExpiryInterval = 60 };
        await LoseAsync(endpoint, with);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(9));
        await LoseAsync(endpoint, with);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(9));
        endpoint.Receiver.All.ShouldBeEmpty();
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 1);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(100));
        endpoint.Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ADelayedWillComesAtTheLatestWhenTheSessionEnds()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Func<ConnectPacket, ConnectPacket> with = c => c with { Will = Offline with { DelayInterval = 100 }, CleanStart = false, SessionExpiryInterval = 60 };
        await LoseAsync(endpoint, with);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(61));
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 1);

        await LoseAsync(endpoint, with);
        await using var clean = await endpoint.ConnectAsync("d", MqttVersion.V500);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 2);
    }

    [Fact]
    public async Task AStopOfTheEndpointPublishesNone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var device = await endpoint.ConnectAsync("d", MqttVersion.V500, c => c with { Will = Offline });
        await endpoint.StopAsync();
        (await device.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.ServerShuttingDown);
        endpoint.Receiver.All.ShouldBeEmpty();
    }

    private static async Task LoseAsync(TestEndpoint endpoint, Func<ConnectPacket, ConnectPacket> with)
    {
        await using var device = await endpoint.ConnectAsync("d", MqttVersion.V500, with);
        device.Drop();
        // The timers of the connection are gone; those of the session and of the will are left.
        await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 0);
    }
}
