using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Routing;

public sealed class RetainedTreeTests
{
    private static readonly string[] Levels = ["a", "b", "", "$x", "c"];

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(2026)]
    public void ItFindsWhatMatchingEveryTopicFinds(int seed)
    {
        var random = new Random(seed);
        var store = Store(new MqttServerOptions());
        var model = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < 3_000; round++)
        {
            var topic = Topic(random, Levels);
            var payload = random.Next(3) == 0 ? "" : $"{round}";
            store.Set(Message(topic, payload));
            if (payload.Length == 0) model.Remove(topic);
            else model[topic] = payload;
            var filter = Topic(random, ["a", "b", "", "$x", "+", "+"]) + (random.Next(3) == 0 ? "/#" : "");
            if (random.Next(10) == 0) filter = "#";
            store.Match(filter).Select(m => m.Topic).Order(StringComparer.Ordinal)
                .ShouldBe(model.Keys.Where(t => TopicMatcher.Matches(filter, t)).Order(StringComparer.Ordinal), $"seed {seed}, filter {filter}");
            store.Count.ShouldBe(model.Count);
        }

        foreach (var topic in model.Keys) store.Set(Message(topic, ""));
        (store.Count, store.Bytes).ShouldBe((0, 0));
    }

    [Fact]
    public void AMillionTopicsAreBoundedAndALookupTouchesWhatItMatches()
    {
        const int Topics = 1_000_000;
        var store = Store(new MqttServerOptions { MaxRetainedMessages = Topics, MaxRetainedBytes = 1L << 30 });
        for (var i = 0; i < Topics; i++) store.Set(Message($"sc/v1/d{i / 10}/{i % 10}", "x")).ShouldBeTrue();
        store.Set(Message("one/more", "x")).ShouldBeFalse();
        store.Set(Message("sc/v1/d0/0", "y")).ShouldBeTrue("a topic that is there already needs no room");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) store.Match($"sc/v1/d{i}/#").Count.ShouldBe(10);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000, "a thousand lookups of ten each, among a million");
        store.Match("sc/v1/+/7").Count.ShouldBe(Topics / 10);
    }

    [Fact]
    public void AnAccountFillsItsOwnShareOnly()
    {
        var store = Store(new MqttServerOptions { MaxRetainedPerAccount = 3 });
        for (var i = 0; i < 5; i++) store.Set(Message($"a/{i}", "x") with { Owner = "a" }).ShouldBe(i < 3);
        store.Set(Message("b/0", "x") with { Owner = "b" }).ShouldBeTrue();
        store.Set(Message("e/0", "x")).ShouldBeTrue();
        store.Set(Message("a/0", "") with { Owner = "b" });
        store.Set(Message("a/9", "x") with { Owner = "a" }).ShouldBeTrue("there is room again");
    }

    [Fact]
    public void ExpiredMessagesAreNotFoundAndSweptAway()
    {
        var clock = new ManualTimeProvider();
        var store = new RetainedStore(new MqttServerOptions(), clock, new ServerMetrics(null));
        store.Set(Message("a", "x") with { ExpiresAt = clock.GetUtcNow().AddSeconds(10) });
        store.Set(Message("a", "y") with { ExpiresAt = clock.GetUtcNow().AddSeconds(90) });
        store.Set(Message("b", "x") with { ExpiresAt = clock.GetUtcNow().AddSeconds(20) });
        clock.Advance(TimeSpan.FromSeconds(30));
        store.Match("+").Single().Payload.Span.SequenceEqual("y"u8).ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(31));
        store.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        store.Count.ShouldBe(0);
    }

    private static RetainedStore Store(MqttServerOptions options) => new(options, new ManualTimeProvider(), new ServerMetrics(null));

    private static string Topic(Random random, string[] levels) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]).Append("t"));

    private static Message Message(string topic, string payload) => new(
        topic, System.Text.Encoding.UTF8.GetBytes(topic), System.Text.Encoding.UTF8.GetBytes(payload), QualityOfService.AtLeastOnce, Retain: true, null, null);
}
