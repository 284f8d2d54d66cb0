using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Server.Tests.Persistence;

namespace SmartCommunity.Mqtt.Server.Tests.Sessions;

/// <summary>Rules that change take subscriptions away, and what they brought.</summary>
public sealed class ReauthorizationTests
{
    private const QualityOfService Qos0 = QualityOfService.AtMostOnce;

    [Fact]
    public void WhatIsNotAllowedAnyMoreGoesWithItsMessagesAndTheRestStays()
    {
        using var world = World.Open();
        var session = world.Session("s");
        foreach (var filter in new[] { "a/#", "b/#", "+/1", "$share/g/a/#" }) world.Subscribe(session, filter);
        session.Outgoing.Attach(3);
        world.Publish("a/2", "sent at QoS 1");
        world.Publish("b/2", "sent too");
        Texts(world, session).ShouldBe(["sent at QoS 1", "sent at QoS 1", "sent too"], "one of its own, and one as the only member of the group");
        foreach (var topic in new[] { "a/1", "a/2", "b/2" }) world.Publish(topic, topic);
        session.Outgoing.EnqueueRetained(new Delivery(new Message("a/9", default, default, Qos0, true, null, null), Qos0, Retain: true, null));

        var check = new SubscriptionCheck(new Without("a/#"), world.Router);
        check.Run(session);
        check.Removed.ShouldBe(2);
        check.Position.ShouldBeGreaterThan(0);
        session.Subscriptions.All.Select(s => s.Filter).ShouldBe(["b/#", "+/1"]);
        world.Flush();

        using var after = world.Crash(() => false);
        foreach (var (at, queue) in new[] { (world, session.Outgoing), (after, after.Session("s").Outgoing) })
        {
            queue.Attach(100);
            var left = new List<string>();
            while (queue.TryNext(at.Clock.GetUtcNow(), out var packet)) left.Add(packet.Delivery.Message.Topic);
            left.ShouldBe(["b/2", "a/1", "b/2"]);
        }
    }

    [Fact]
    public void AnIdentifierThatTheClientMayKnowIsReleasedInsteadOfForgotten()
    {
        using var world = World.Open();
        var session = world.Session("s");
        world.Subscribe(session, "a/#");
        session.Outgoing.Attach(2);
        world.Publish("a/1", "exactly once", qos: 2);
        session.Outgoing.TryNext(world.Clock.GetUtcNow(), out _).ShouldBeFalse();
        world.Flush();
        session.Outgoing.TryNext(world.Clock.GetUtcNow(), out var sent).ShouldBeTrue();
        new SubscriptionCheck(new Without("a/#"), world.Router).Run(session);
        world.Flush();
        session.Outgoing.Attach(2);
        session.Outgoing.TryNext(world.Clock.GetUtcNow(), out var next).ShouldBeTrue();
        (next.PacketId, next.IsRelease).ShouldBe((sent.PacketId, true));
    }

    private static List<string> Texts(World world, Session session)
    {
        var texts = new List<string>();
        while (session.Outgoing.TryNext(world.Clock.GetUtcNow(), out var packet))
            texts.Add(System.Text.Encoding.UTF8.GetString(packet.Delivery.Message.Payload.Span));
        return texts;
    }

    private sealed class Without(string filter) : ITopicAuthorizer
    {
        public bool MayPublish(ClientIdentity client, string topic) => true;

        public bool MaySubscribe(ClientIdentity client, string topicFilter) => topicFilter != filter;
    }
}
