using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>What of a session comes back, one thing at a time.</summary>
public sealed class RestoredSessionTests
{
    [Fact]
    public void SubscriptionsComeBackWithTheirOptionsAndIdentifiers()
    {
        using var world = World.Open();
        var session = world.Session("s");
        var request = new SubscriptionRequest("a/#", QualityOfService.ExactlyOnce, NoLocal: true, RetainAsPublished: true);
        var subscription = new Subscription(session, request, 7) { Number = world.Store.NextSubscription() };
        session.Subscriptions.Put(subscription);
        session.Trail!.Subscribed(subscription);
        world.Flush();
        using var after = world.Crash(() => false);
        var restored = after.Session("s").Subscriptions.All.Single();
        (restored.Filter, restored.MaximumQos, restored.NoLocal, restored.RetainAsPublished, restored.Identifiers!.Single())
            .ShouldBe(("a/#", QualityOfService.ExactlyOnce, true, true, 7));
        after.Router.SubscriptionCount.ShouldBe(1);
    }

    [Fact]
    public void MessagesComeBackWholeAndWithWhatIsLeftOfTheirTime()
    {
        using var world = World.Open();
        world.Subscribe(world.Session("s"), "a/#", identifier: 3);
        var properties = new PublishProperties
        {
            PayloadIsUtf8 = true,
            MessageExpiryInterval = 100,
            ContentType = "text/plain",
            ResponseTopic = "r",
            CorrelationData = [1, 2],
            UserProperties = [new UserProperty("k", "v"), new UserProperty("k", "w")],
        };
        world.Publish("a/1", "short", properties: properties with { MessageExpiryInterval = 10 });
        world.Publish("a/1", "long", qos: 2, retain: true, properties);
        world.Flush();
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        using var after = world.Crash(() => false);
        var queue = after.Session("s").Outgoing;
        queue.Attach(10);
        queue.TryNext(after.Clock.GetUtcNow(), out _).ShouldBeFalse("the expired one is left out, and the packet identifier of the other is not on disk yet");
        after.Flush();
        queue.TryNext(after.Clock.GetUtcNow(), out var packet).ShouldBeTrue();
        var message = packet.Delivery.Message;
        System.Text.Encoding.UTF8.GetString(message.Payload.Span).ShouldBe("long");
        (message.ExpiresAt!.Value - after.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(80));
        (packet.Delivery.Qos, packet.Duplicate, packet.Delivery.SubscriptionIds!.Single()).ShouldBe((QualityOfService.ExactlyOnce, false, 3));
        message.Properties!.UserProperties.ShouldBe(properties.UserProperties);
        (message.Properties.ContentType, message.Properties.ResponseTopic, message.Properties.PayloadIsUtf8).ShouldBe(("text/plain", "r", true));
        message.Properties.CorrelationData.ShouldBe([1, 2]);
        queue.TryNext(after.Clock.GetUtcNow(), out _).ShouldBeFalse();
    }

    [Fact]
    public void MessagesInFlightComeAgainUnderTheirIdentifiers()
    {
        using var world = World.Open();
        var queue = world.Session("s").Outgoing;
        world.Subscribe(world.Session("s"), "a/#");
        queue.Attach(10);
        for (var i = 0; i < 4; i++) world.Publish("a/1", $"{i}", qos: i % 2 + 1);
        var ids = new List<ushort>();
        for (var i = 0; i < 4; i++)
        {
            OutgoingPacket packet;
            while (!queue.TryNext(world.Clock.GetUtcNow(), out packet)) world.Flush();
            ids.Add(packet.PacketId);
        }

        queue.MarkReceived(ids[1], out _).ShouldBeTrue();
        queue.Complete(ids[0]).ShouldBeTrue();
        world.Flush();
        using var after = world.Crash(() => false);
        var restored = after.Session("s").Outgoing;
        restored.Attach(10);
        var again = new List<(ushort, bool, bool)>();
        while (restored.TryNext(after.Clock.GetUtcNow(), out var packet)) again.Add((packet.PacketId, packet.Duplicate, packet.IsRelease));
        again.ShouldBe([(ids[1], true, true), (ids[2], true, false), (ids[3], true, false)]);
    }

    [Fact]
    public void AnExactlyOnceMessageGoesOutOnlyWhenItsIdentifierIsOnDisk()
    {
        using var world = World.Open();
        var queue = world.Session("s").Outgoing;
        world.Subscribe(world.Session("s"), "a/#");
        queue.Attach(10);
        world.Publish("a/1", "1", qos: 2);
        queue.TryNext(world.Clock.GetUtcNow(), out _).ShouldBeFalse();
        world.Flush();
        queue.TryNext(world.Clock.GetUtcNow(), out var packet).ShouldBeTrue();
        queue.MarkReceived(packet.PacketId, out var position).ShouldBeTrue();
        position.ShouldBeGreaterThan(world.Store.DurableThrough, "PUBREL waits too");
    }

    [Fact]
    public void ReceivedIdentifiersComeBackIfTheReceiverHasTheirMessages()
    {
        using var world = World.Open();
        var received = world.Session("s").Received;
        received.Add(1, position: 10);
        received.Add(2, position: 11);
        received.Add(3, position: 12);
        received.Release(1, out var released);
        released.ShouldBeGreaterThan(0);
        world.Flush();
        using var after = world.Crash(() => false, receivedThrough: 11);
        var restored = after.Session("s").Received;
        (restored.TryGet(1, out _), restored.TryGet(2, out _), restored.TryGet(3, out _)).ShouldBe((false, true, false));
    }

    [Fact]
    public void ASessionEndsAtItsTimeAlsoAcrossARestart()
    {
        using var world = World.Open();
        world.Session("short", TimeSpan.FromSeconds(30)).Trail!.Left(TimeSpan.FromSeconds(30), world.Clock.GetUtcNow().AddSeconds(30));
        world.Session("long", TimeSpan.FromSeconds(100)).Trail!.Left(TimeSpan.FromSeconds(100), world.Clock.GetUtcNow().AddSeconds(100));
        world.Flush();
        world.Clock.Advance(TimeSpan.FromSeconds(40));
        using var after = world.Crash(() => false);
        after.Sessions.All.Single().Key.ClientId.ShouldBe("long");
        after.Clock.Advance(TimeSpan.FromSeconds(59));
        after.Sessions.Count.ShouldBe(1);
        after.Clock.Advance(TimeSpan.FromSeconds(2));
        after.Sessions.Count.ShouldBe(0);
        after.Flush();
        using var later = after.Crash(() => false);
        later.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public void AnHeirGetsWhatASessionLeavesThatEndedWhileNothingRan()
    {
        using var world = World.Open();
        foreach (var name in new[] { "m0", "m1" }) world.Subscribe(world.Session(name), "$share/g/a/#");
        for (var i = 0; i < 10; i++) world.Publish("a/1", $"{i}");
        var will = new WillMessage("w", "gone"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: false) { DelayInterval = 3000 };
        world.Session("m0").Trail!.WillDelayed(will, world.Clock.GetUtcNow().AddSeconds(3000), TimeSpan.FromSeconds(3000));
        world.Session("m0").Trail!.Left(TimeSpan.FromSeconds(5), world.Clock.GetUtcNow().AddSeconds(5));
        world.Flush();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        using var after = world.Crash(() => false);
        after.Sessions.All.Single().Outgoing.Count.ShouldBe(10);
        after.Receiver.All.Single().Text.ShouldBe("gone");
    }

    [Fact]
    public void AClockThatWentBackKeepsNobodyLongerThanPromised()
    {
        using var world = World.Open();
        world.Session("s", TimeSpan.FromSeconds(100)).Trail!.Left(TimeSpan.FromSeconds(100), world.Clock.GetUtcNow().AddSeconds(100));
        world.Flush();
        var earlier = new TestKit.Time.ManualTimeProvider(world.Clock.GetUtcNow() - TimeSpan.FromDays(300));
        using var after = World.Open(world.Disk.Crash(() => false), earlier);
        earlier.Advance(TimeSpan.FromSeconds(99));
        after.Sessions.Count.ShouldBe(1);
        earlier.Advance(TimeSpan.FromSeconds(2));
        after.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public void RetainedMessagesComeBackAndClearedOnesDoNot()
    {
        using var world = World.Open();
        for (var i = 0; i < 5; i++) world.Publish($"r/{i}", "old", qos: 0, retain: true);
        world.Publish("r/1", "new", qos: 0, retain: true);
        world.Publish("r/2", "", qos: 0, retain: true);
        world.Publish("r/3", "soon gone", retain: true, properties: new PublishProperties { MessageExpiryInterval = 10 });
        world.Flush();
        world.Store.Compact();
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        using var after = world.Crash(() => false);
        after.Router.Retained.Match("#").Select(m => (m.Topic, System.Text.Encoding.UTF8.GetString(m.Payload.Span)))
            .ShouldBe([("r/0", "old"), ("r/1", "new"), ("r/4", "old")], ignoreOrder: true);
        after.Clock.Advance(TimeSpan.FromMinutes(1));
        after.Router.Retained.Count.ShouldBe(3, "the sweep removes the expired one");
    }

    [Fact]
    public void ADelayedWillGoesOnAfterARestart()
    {
        using var world = World.Open();
        var will = new WillMessage("w", "gone"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true) { DelayInterval = 60 };
        world.Session("s").Trail!.WillDelayed(will, world.Clock.GetUtcNow().AddSeconds(60), TimeSpan.FromSeconds(60));
        world.Flush();
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        using var after = world.Crash(() => false);
        after.Clock.Advance(TimeSpan.FromSeconds(39));
        after.Receiver.All.ShouldBeEmpty();
        after.Clock.Advance(TimeSpan.FromSeconds(2));
        after.Receiver.All.Single().Text.ShouldBe("gone");
        after.Router.Retained.Match("w").Count.ShouldBe(1);
        after.Flush();
        using var later = after.Crash(() => false);
        later.Clock.Advance(TimeSpan.FromSeconds(61));
        later.Receiver.All.ShouldBeEmpty("it was published once");
    }

    [Fact]
    public void SharedMessagesOfAnEndedSessionHaveOneHeirAlsoAcrossARestart()
    {
        using var world = World.Open();
        foreach (var name in new[] { "m0", "m1" }) world.Subscribe(world.Session(name), "$share/g/a/#");
        for (var i = 0; i < 10; i++) world.Publish("a/1", $"{i}");
        world.Session("m0").Outgoing.Count.ShouldBe(5, "absent members take turns");
        world.Sessions.All.Count.ShouldBe(2);
        world.Sessions.Restore(world.Session("m0"), TimeSpan.FromSeconds(1));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Session("m1").Outgoing.Count.ShouldBe(10);
        world.Flush();
        using var after = world.Crash(() => false);
        after.Sessions.All.Single().Outgoing.Count.ShouldBe(10);
        var restored = after.Session("m1").Outgoing;
        restored.Attach(100);
        var texts = new List<string>();
        while (restored.TryNext(after.Clock.GetUtcNow(), out var packet)) texts.Add(System.Text.Encoding.UTF8.GetString(packet.Delivery.Message.Payload.Span));
        texts.Order().ShouldBe(Enumerable.Range(0, 10).Select(i => $"{i}"));
    }
}
