using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Subscriptions and retained messages that are meant to cost the server much.</summary>
[Collection(Attacks.Name)]
public sealed class FanOutTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";
    private static readonly byte[] Sample = """{"values":{"battery":50}}"""u8.ToArray();

    [Fact]
    public Task Readers_that_never_read_cost_only_themselves_and_are_closed() => besieged.WithstandAsync(async () =>
    {
        await using var crowd = await DeafReaders.AttackAsync(besieged.Intruder(Device), besieged.Intruder(Device));

        // They still read nothing, but ask, until their system says that nobody is there any more.
        foreach (var peer in crowd.Peers) await Eventually.TrueAsync("a reader that never reads is closed", async () => !await peer.TryPingAsync());
    }, output);

    [Fact]
    public Task Too_many_filters_in_one_packet_end_the_connection() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        var filters = Enumerable.Range(0, 257).Select(n => $"sc/v1/{Device}/{n}").ToList();
        await Pace.KeepAsync(50, async n =>
        {
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(n % 2 == 0 ? Raw.Subscribe(1, filters) : Raw.Packet(0xA2, [0, 1, 0, .. filters.SelectMany(Raw.Text)]));
            await peer.ShouldBeSentAwayAsync(ReasonCode.QuotaExceeded, "257 filters");
        });
    }, output);

    [Fact]
    public Task Subscriptions_stop_at_their_limit() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await Pace.KeepInTurnAsync(2, async _ =>
        {
            await using var peer = await intruder.EnterAsync();
            for (var sent = 0; sent < 1_000; sent += 250)
            {
                (await SubscribeAsync(peer, Enumerable.Range(sent, 250).Select(n => $"sc/v1/{Device}/{n}/#"))).ShouldAllBe(reason => !reason.IsError());
            }

            (await SubscribeAsync(peer, [$"sc/v1/{Device}/one-more"])).ShouldBe([ReasonCode.QuotaExceeded]);
            (await SubscribeAsync(peer, [$"sc/v1/{Device}/7/#"])).ShouldBe([ReasonCode.GrantedQos1]);
        });
    }, output);

    [Fact]
    public Task Deep_filters_of_wildcards_cost_no_more_than_they_match() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await using var crowd = new Crowd();

        // Every combination of a and + over ten levels matches a/a/a/a/a/a/a/a/a/a, and each session has most of them.
        var combinations = Enumerable.Range(0, 1_000).Select(n => string.Join('/', Enumerable.Range(0, 10).Select(bit => (n >> bit & 1) == 0 ? "a" : "+"))).ToList();
        for (var session = 0; session < 5; session++)
        {
            var peer = crowd.Add(await intruder.EnterAsync());
            foreach (var filters in combinations.Chunk(250)) await SubscribeAsync(peer, filters.Select(filter => $"sc/v1/{Device}/{filter}"));
        }

        await using var sender = await intruder.EnterAsync();
        var topic = $"sc/v1/{Device}/{string.Join('/', Enumerable.Repeat('a', 10))}";
        await Pace.KeepInTurnAsync(50, async _ =>
        {
            await sender.SendAsync(Raw.Publish(topic, Sample, 1, 1));
            (await sender.ExpectAckAsync()).Reason.IsError().ShouldBeFalse();
        });
        foreach (var peer in crowd.Peers) (await peer.ExpectPublishAsync()).Topic!.Text.ShouldBe(topic);
    }, output);

    [Fact]
    public Task Long_filters_cost_bounded_memory() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await using var crowd = new Crowd();
        var tail = string.Concat(Enumerable.Repeat("/+", 58));
        for (var session = 0; session < 5; session++)
        {
            var peer = crowd.Add(await intruder.EnterAsync());
            for (var sent = 0; sent < 1_000; sent += 100)
            {
                var number = (session * 1_000) + sent;
                await SubscribeAsync(peer, Enumerable.Range(number, 100).Select(n => $"sc/v1/{Device}/{n}{tail}"));
            }
        }
    }, output);

    private static async Task<IReadOnlyList<ReasonCode>> SubscribeAsync(PeerConnection peer, IEnumerable<string> filters)
    {
        await peer.SendAsync(Raw.Subscribe(1, filters));
        return (await peer.ExpectSubAckAsync()).Reasons;
    }
}
