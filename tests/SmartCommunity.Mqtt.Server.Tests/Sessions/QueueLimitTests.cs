using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Sessions;

public sealed class QueueLimitTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void ExpiredMessagesGoBeforeOldOnes()
    {
        var queue = new DeliveryQueue(Context(new MqttServerOptions { MaxQueuedMessages = 3 }));
        queue.Enqueue(Delivery("oldest"));
        queue.Enqueue(Delivery("expires", expiresIn: 10));
        queue.Enqueue(Delivery("newer"));
        _clock.Advance(TimeSpan.FromSeconds(11));
        queue.Enqueue(Delivery("newest")).ShouldBe(0, "the expired one made room");
        queue.Enqueue(Delivery("one more")).ShouldBe(1);
        Topics(queue).ShouldBe(["newer", "newest", "one more"]);
    }

    [Fact]
    public void AllQueuesTogetherAreBoundedAndAConnectedClientKeepsItsShare()
    {
        var context = Context(new MqttServerOptions { MaxTotalQueuedBytes = 1024 * 1024, MaxQueuedBytes = 64 * 1024 * 1024 });
        var absent = new DeliveryQueue(context);
        for (var i = 0; i < 2_000; i++) absent.Enqueue(Delivery($"{i}", payload: 1_000));
        context.Budget.Used.ShouldBeInRange(1_000_000, 1024 * 1024);
        new DeliveryQueue(context).Enqueue(Delivery("x", payload: 100_000)).ShouldBe(1, "another absent client finds no room, its own message goes");
        var connected = new DeliveryQueue(context);
        connected.Attach(10);
        connected.Enqueue(Delivery("y", payload: 10_000)).ShouldBe(0);
        Topics(connected).ShouldBe(["y"]);
        absent.End();
        connected.Complete(1);
        context.Budget.Used.ShouldBe(0);
    }

    [Fact]
    public void AnIdleSessionTakesLittle()
    {
        var context = Context(new MqttServerOptions());
        var identity = new ClientIdentity("device", ClientKind.Device, "device");
        var key = SessionKey.Of(identity);
        var sessions = new Session[1_000];
        _ = new Session(key, identity, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < sessions.Length; i++) sessions[i] = new Session(key, identity, context);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / sessions.Length).ShouldBeLessThan(500);
    }

    private SessionContext Context(MqttServerOptions options) => new(options, _clock, new ServerMetrics(null), Store: null);

    private Delivery Delivery(string topic, int payload = 0, int? expiresIn = null) => new(
        new Message(topic, default, new byte[payload], QualityOfService.AtLeastOnce, false, null, expiresIn is { } s ? _clock.GetUtcNow().AddSeconds(s) : null),
        QualityOfService.AtLeastOnce, Retain: false, null);

    private List<string> Topics(DeliveryQueue queue)
    {
        queue.Attach(100);
        var topics = new List<string>();
        while (queue.TryNext(_clock.GetUtcNow(), out var packet)) topics.Add(packet.Delivery.Message.Topic);
        return topics;
    }
}
