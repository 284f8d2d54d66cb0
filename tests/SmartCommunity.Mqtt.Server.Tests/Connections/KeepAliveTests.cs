using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task ASilentClientIsClosedAfterOneAndAHalfTimesItsKeepAlive()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", MqttVersion.V500, c => c with { KeepAlive = 20 });
        for (var i = 0; i < 5; i++)
        {
            endpoint.Clock.Advance(TimeSpan.FromSeconds(29));
            await client.PingAsync();
        }

        // More than once, because the endpoint may still be finishing the last ping when the clock moves.
        var closed = client.UntilClosedAsync();
        await TestEndpoint.UntilAsync(() =>
        {
            endpoint.Clock.Advance(TimeSpan.FromSeconds(30));
            return closed.IsCompleted;
        });
        (await closed)!.Reason.ShouldBe(ReasonCode.KeepAliveTimeout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(ushort.MaxValue)]
    public async Task Mqtt5IsToldTheLongestKeepAliveWhenItAsksForMoreOrNone(int asked)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxKeepAlive = 60 });
        await using var client = await endpoint.OpenAsync(MqttVersion.V500);
        (await client.ConnectAsync("c", c => c with { KeepAlive = (ushort)asked })).ServerKeepAlive.ShouldBe(asked == 60 ? null : (ushort)60);
        endpoint.Mqtt.Connections.Single().KeepAlive.ShouldBe(60);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(89));
        await client.PingAsync();
        await ShouldCloseAfterAsync(endpoint, client, TimeSpan.FromSeconds(91));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ushort.MaxValue)]
    public async Task AnOldClientMayBeSilentForADayAndNotLonger(int asked)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", with: c => c with { KeepAlive = (ushort)asked });
        endpoint.Clock.Advance(TimeSpan.FromHours(18.3));
        await client.PingAsync();
        endpoint.Clock.Advance(TimeSpan.FromHours(23));
        await client.PingAsync();
        await ShouldCloseAfterAsync(endpoint, client, TimeSpan.FromHours(24.1));
    }

    [Fact]
    public async Task TimeInWhichTheEndpointDoesNotReadDoesNotCount()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c", with: c => c with { KeepAlive = 10 });
        endpoint.Receiver.CloseGate();
        await client.PublishAsync("t", "x", qos: 1, packetId: 1);
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.IsHolding);
        endpoint.Clock.Advance(TimeSpan.FromMinutes(5));
        endpoint.Receiver.OpenGate();
        (await client.ReadAsync()).ShouldNotBeNull();
        await client.PingAsync();
    }

    // More than once, because the endpoint may still be finishing the last ping when the clock moves.
    private static async Task ShouldCloseAfterAsync(TestEndpoint endpoint, RawPeer client, TimeSpan time)
    {
        var closed = client.UntilClosedAsync();
        await TestEndpoint.UntilAsync(() =>
        {
            endpoint.Clock.Advance(time);
            return closed.IsCompleted;
        });
    }
}
