using System.Text.Json;
using SmartCommunity.Simulation.Load;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Simulation.Tests.Load;

public sealed class LoadGeneratorTests
{
    [Fact]
    public async Task A_load_keeps_its_rate_and_counts_every_PUBACK()
    {
        var received = 0;
        var sizes = new HashSet<int>();
        await using var endpoint = await OpenEndpoint.StartAsync((_, message) =>
        {
            Interlocked.Increment(ref received);
            lock (sizes) sizes.Add(message.Payload.Length);
            using var json = JsonDocument.Parse(message.Payload);
            json.RootElement.GetProperty("values").EnumerateObject().Count().ShouldBeGreaterThan(0);
        });
        var options = Options(endpoint) with { Rate = 1000, Duration = TimeSpan.FromSeconds(0.6), Connections = 3, PayloadBytes = 150 };
        var (total, failure) = await new LoadGenerator(options, TimeProvider.System).RunAsync(eachSecond: null, CancellationToken.None);

        failure.ShouldBeNull();
        total.Errors.ShouldBe(0);
        total.Acknowledged.ShouldBe(total.Sent);
        total.Sent.ShouldBe(received);
        // Never more than was asked for; less only as far as a busy machine lets the connections start late.
        total.Sent.ShouldBeInRange(1, 600);
        total.P99.ShouldBeGreaterThanOrEqualTo(total.P50);
        total.Max.ShouldBeGreaterThanOrEqualTo(total.P99);
        sizes.ShouldBe([150]);
    }

    [Fact]
    public async Task Rate_zero_sends_as_much_as_is_acknowledged()
    {
        await using var endpoint = await OpenEndpoint.StartAsync((_, _) => { });
        var options = Options(endpoint) with { Rate = 0, Duration = TimeSpan.FromSeconds(0.3), Connections = 2, InFlight = 50 };
        var (total, _) = await new LoadGenerator(options, TimeProvider.System).RunAsync(eachSecond: null, CancellationToken.None);
        total.Acknowledged.ShouldBe(total.Sent);
        total.Acknowledged.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_server_that_refuses_is_counted_and_named()
    {
        await using var peer = ScriptedPeer.Listen();
        var options = new LoadOptions { Port = peer.Port, Accounts = [new("d1", "wrong")], Connections = 1, Duration = TimeSpan.FromMilliseconds(300) };
        var running = new LoadGenerator(options, TimeProvider.System).RunAsync(eachSecond: null, CancellationToken.None);
        var server = await peer.AcceptAsync();
        (await server.ExpectConnectAsync()).ClientId.ShouldBe("d1-load-0");
        await server.SendAsync(new SmartCommunity.Mqtt.Packets.ConnAckPacket { Reason = SmartCommunity.Mqtt.Protocol.ReasonCode.BadUserNameOrPassword });
        var (total, failure) = await running;
        total.Errors.ShouldBe(1);
        failure.ShouldNotBeNull().ShouldContain("BadUserNameOrPassword");
    }

    private static LoadOptions Options(OpenEndpoint endpoint) => new() { Port = endpoint.Port, Accounts = [new("d1", null), new("d2", null)] };
}
