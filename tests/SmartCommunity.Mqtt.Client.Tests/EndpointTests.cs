using System.Collections.Concurrent;
using System.Globalization;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests;

/// <summary>The client against the product's own endpoint.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Topic, string Text, PublishOrigin Origin)> _received = new();
    private OpenEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await OpenEndpoint.StartAsync(
        (_, message) => _received.Enqueue((message.Topic, message.Payload.Text(), message.Origin)));

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task Many_publishes_at_once_arrive_once_and_in_order(MqttVersion version)
    {
        await using var client = await MqttClient.ConnectAsync(Options("d1") with { Version = version }).Within();
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => client.PublishAsync(Clients.Message($"{i}")))).Within();
        _received.Select(message => message.Text).ShouldBe(Enumerable.Range(0, 3000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_load_through_TryPublish_is_acknowledged_to_the_last()
    {
        const int Count = 50_000;
        await using var client = await MqttClient.ConnectAsync(Options("d1") with { MaxInFlight = 500 }).Within();
        var outcome = new CountingOutcome(Count);
        var payload = new byte[200];
        for (var sent = 0; sent < Count;)
        {
            if (client.TryPublish(Clients.Topic, payload, outcome)) sent++;
            else await client.WaitForRoomAsync().Within();
        }

        await outcome.All.Within();
        outcome.Acknowledged.ShouldBe(Count);
        _received.Count.ShouldBe(Count);
        client.InFlight.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task TryPublish_allocates_nothing_per_message(int aliases)
    {
        await using var client = await MqttClient.ConnectAsync(Options("d1") with { MaxOutgoingAliases = aliases }).Within();
        var payload = new byte[200];
        var least = long.MaxValue;
        for (var round = 0; round < 40; round++)
        {
            var outcome = new CountingOutcome(50);
            var sent = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 50; i++) sent += client.TryPublish(Clients.Topic, payload, outcome) ? 1 : 0;
            // The buffers grow to their size in the first rounds.
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            sent.ShouldBe(50);
            await outcome.All.Within();
        }

        least.ShouldBe(0);
    }

    [Fact]
    public async Task What_one_publishes_another_receives()
    {
        await using var reader = await MqttClient.ConnectAsync(Options("reader")).Within();
        await reader.SubscribeAsync("sc/v1/+/event").Within();
        await using var writer = await MqttClient.ConnectAsync(Options("writer")).Within();
        for (var i = 0; i < 2000; i++) _ = writer.PublishAsync(Clients.Message($"{i}"));
        for (var i = 0; i < 2000; i++)
        {
            var message = await reader.Messages.ReadAsync().AsTask().Within();
            (message.Topic.Text, message.Payload.Text()).ShouldBe(("sc/v1/d1/event", $"{i}"));
        }
    }

    [Fact]
    public async Task The_will_speaks_after_an_abort_and_not_after_a_goodbye()
    {
        var will = new WillMessage("sc/v1/d1/status", "offline"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true);
        var polite = await MqttClient.ConnectAsync(Options("d1") with { Will = will }).Within();
        await polite.PublishAsync(Clients.Message("1")).Within();
        await polite.DisconnectAsync().Within();
        var lost = await MqttClient.ConnectAsync(Options("d1") with { Will = will }).Within();
        lost.Abort();
        await using var reader = await MqttClient.ConnectAsync(Options("reader")).Within();
        await reader.SubscribeAsync("sc/v1/d1/status").Within();
        (await reader.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("offline");
        _received.Count(message => message.Origin == PublishOrigin.Will).ShouldBe(1);
    }

    [Fact]
    public async Task A_taken_over_session_says_so()
    {
        await using var first = await MqttClient.ConnectAsync(Options("d1")).Within();
        await using var second = await MqttClient.ConnectAsync(Options("d1")).Within();
        (await Should.ThrowAsync<MqttConnectionLostException>(() => first.Completion.Within())).Reason.ShouldBe(ReasonCode.SessionTakenOver);
    }

    [Fact]
    public async Task Over_many_cuts_every_message_arrives()
    {
        var options = Options("d1") with { CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(5), MaxInFlight = 20 };
        var quick = new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(5) };
        await using var client = new ReconnectingMqttClient(options, quick, new Random(1));
        var all = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.PublishAsync(Clients.Message($"{i}"))));
        for (var cut = 0; cut < 15; cut++)
        {
            await client.WaitUntilConnectedAsync().Within();
            client.Abort();
        }

        await all.Within();
        _received.Select(message => message.Text).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public async Task Over_many_cuts_QoS_2_has_its_effect_once()
    {
        var options = Options("d1") with { CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(5), MaxInFlight = 20 };
        var quick = new ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(5) };
        await using var client = new ReconnectingMqttClient(options, quick, new Random(1));
        var all = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.PublishAsync(Clients.Message($"{i}") with { Qos = QualityOfService.ExactlyOnce })));
        for (var cut = 0; cut < 15; cut++)
        {
            await client.WaitUntilConnectedAsync().Within();
            client.Abort();
        }

        await all.Within();
        _received.Select(message => message.Text).ShouldBe(Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_web_socket_carries_everything_both_ways()
    {
        var options = new MqttClientOptions { EndPoint = MqttEndPoint.Parse($"ws://127.0.0.1:{_endpoint.HttpPort}/mqtt"), ClientId = "d1" };
        await using var client = await MqttClient.ConnectAsync(options).Within();
        await client.SubscribeAsync("sc/v1/#", QualityOfService.ExactlyOnce).Within();
        for (var i = 0; i < 300; i++) _ = client.PublishAsync(Clients.Message($"{i}") with { Qos = (QualityOfService)(i % 3) });
        var back = new List<string>();
        for (var i = 0; i < 300; i++) back.Add((await client.Messages.ReadAsync().AsTask().Within()).Payload.Text());
        // Only messages of one QoS keep their order.
        back.ShouldBe(Enumerable.Range(0, 300).Select(i => i.ToString(CultureInfo.InvariantCulture)), ignoreOrder: true);
        await client.DisconnectAsync().Within();
        await client.Completion.Within();
    }

    private MqttClientOptions Options(string clientId) => new() { Port = _endpoint.Port, ClientId = clientId };
}
