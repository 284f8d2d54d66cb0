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

    [Fact]
    public async Task KeepAliveZeroNeverCloses()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await using var client = await endpoint.ConnectAsync("c");
        endpoint.Clock.Advance(TimeSpan.FromDays(2));
        await client.PingAsync();
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
}
