using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;

namespace SmartCommunity.Mqtt.Server.Tests.Limits;

public sealed class PublishRateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ADeviceBeyondItsRateIsNotReadAndLosesNothing(int qos)
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxPublishRate = 10 });
        await using var loud = await endpoint.ConnectAsync("loud", with: c => c with { UserName = "loud", KeepAlive = 1 });
        await using var quiet = await endpoint.ConnectAsync("quiet", with: c => c with { UserName = "quiet" });
        for (ushort i = 1; i <= 30; i++) await loud.PublishAsync("t", $"{i}", qos, qos == 0 ? (ushort)0 : i);
        // While a read is taken the connection counts as held back too; the log line comes when its debt is known.
        await TestEndpoint.UntilAsync(() => IsHeldBack(endpoint) && IsLimited(endpoint));
        var taken = Count(endpoint, "loud");
        await loud.PublishAsync("t", "last", qos, qos == 0 ? (ushort)0 : (ushort)99);
        await quiet.PublishAsync("t", "other", qos: 1, packetId: 1);
        (await quiet.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubAck, 1));
        Count(endpoint, "loud").ShouldBe(taken, "only the quiet one is read");

        // Longer than its keep alive in all; while it is held back that does not count.
        await TestEndpoint.UntilAsync(() =>
        {
            if (IsHeldBack(endpoint)) endpoint.Clock.Advance(TimeSpan.FromSeconds(0.1));
            return endpoint.Receiver.All.Any(r => r.Text == "last");
        });
        Count(endpoint, "loud").ShouldBe(31);
    }

    [Fact]
    public async Task BytesCountToo()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { MaxPublishBytesRate = 10_000 });
        await using var loud = await endpoint.ConnectAsync("loud", with: c => c with { UserName = "loud" });
        await loud.PublishAsync("t", new string('x', 60_000));
        await TestEndpoint.UntilAsync(() => endpoint.Receiver.All.Count == 1 && IsHeldBack(endpoint));
        await loud.PublishAsync("t", "next");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(4));
        endpoint.Receiver.All.Count.ShouldBe(1);
        await TestEndpoint.UntilAsync(() =>
        {
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
            return endpoint.Receiver.All.Count == 2;
        });
    }

    [Fact]
    public async Task AConnectionWhoseBytesAreAlwaysThereLeavesOthersTheirTurns()
    {
        await using var endpoint = await TestEndpoint.StartAsync(new MqttServerOptions { ReadTurnBytes = 1, MaxPublishRate = 0, MaxPublishBytesRate = 0 });
        await using var loud = await endpoint.ConnectAsync("loud");
        await using var other = await endpoint.ConnectAsync("other");
        using var stop = new CancellationTokenSource();
        var messages = Enumerable.Repeat<byte[]>([0x30, 3, 0, 1, (byte)'t'], 2_000).SelectMany(p => p).ToArray();
        var flood = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await loud.SendAsync(messages);
        });
        for (var i = 0; i < 20; i++) await other.PingAsync();
        await stop.CancelAsync();
        await flood;
    }

    private static int Count(TestEndpoint endpoint, string name) => endpoint.Receiver.All.Count(r => r.Publisher.Name == name);

    private static bool IsLimited(TestEndpoint endpoint) => endpoint.Log.Lines.Any(l => l.Event == 2020 && l.Text.Contains("publish-rate", StringComparison.Ordinal));

    private static bool IsHeldBack(TestEndpoint endpoint) => endpoint.Mqtt.Connections.Any(c => c is { Name: "loud", IsHeldBack: true });
}
