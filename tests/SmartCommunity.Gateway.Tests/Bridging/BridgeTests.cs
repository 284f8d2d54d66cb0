using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartCommunity.Gateway.Bridging;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Tests.Support;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using static SmartCommunity.Gateway.Tests.Bridging.BridgeHarness;

namespace SmartCommunity.Gateway.Tests.Bridging;

public sealed class BridgeTests
{
    [Fact]
    public async Task It_asks_for_a_session_that_the_broker_keeps_and_for_QoS_1()
    {
        await using var harness = new BridgeHarness(options => options with { User = "gate", Password = "令牌", MaxUnacknowledged = 7 });
        harness.Start();
        var server = await harness.Broker.AcceptAsync();
        var connect = await server.ExpectConnectAsync();
        (connect.Version, connect.ClientId, connect.CleanStart, connect.SessionExpiryInterval, connect.ReceiveMaximum)
            .ShouldBe((MqttVersion.V500, "smartcommunity-g-1-site", false, 7u * 24 * 3600, (ushort)7));
        (connect.UserName, Encoding.UTF8.GetString(connect.Password!)).ShouldBe(("gate", "令牌"));
        await server.SendAsync(new ConnAckPacket());
        var filters = await harness.AnswerSubscriptionsAsync(server);
        filters.ShouldBe(
        [
            new("sc/v1/+/event", QualityOfService.AtLeastOnce, RetainHandling: RetainHandling.SendWhenNew),
            new("sc/v1/+/telemetry", QualityOfService.AtLeastOnce, RetainHandling: RetainHandling.SendWhenNew),
        ]);
        Eventually(() => harness.Status is { Condition: BridgeCondition.Connected, Version: "5.0" }, "connected");
    }

    [Fact]
    public async Task The_broker_hears_of_a_message_only_when_it_is_on_disk()
    {
        await using var harness = new BridgeHarness();
        var server = await harness.StartAndWelcomeAsync();
        for (ushort id = 1; id <= 3; id++) await PublishEventAsync(server, id);
        Eventually(() => harness.Status.Unacknowledged == 3, "journaled");
        for (ushort question = 900; question < 903; question++)
        {
            // A PUBREL for nothing is answered at once, behind every acknowledgement that was sent before.
            await server.SendAsync(new AckPacket(PacketType.PubRel, question));
            (await server.ExpectAckAsync(PacketType.PubComp)).PacketId.ShouldBe(question);
        }

        harness.ReadJournal().ShouldBeEmpty("nothing is on disk yet");
        harness.Journal.Log.FlushPending().ShouldBeTrue();
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)1);
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)2);
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)3);
        harness.JournaledIds().ShouldBe(["e1", "e2", "e3"]);
        Eventually(() => harness.Status is { Received: 3, Acknowledged: 3, Unacknowledged: 0 }, "counted");
    }

    [Fact]
    public async Task What_is_delivered_again_after_a_cut_is_acknowledged_and_not_journaled_twice()
    {
        await using var harness = new BridgeHarness();
        var first = await harness.StartAndWelcomeAsync();
        await PublishEventAsync(first, 1);
        await PublishEventAsync(first, 2);
        Eventually(() => harness.Status.Unacknowledged == 2, "journaled");
        first.Reset();

        var second = await harness.Broker.AcceptAndWelcomeAsync(sessionPresent: true);
        await PublishEventAsync(second, 1, duplicate: true);
        await PublishEventAsync(second, 2, duplicate: true);
        await PublishEventAsync(second, 3);
        // The same packet identifier, but another message: the first one was acknowledged on a broker that we know nothing of.
        await PublishEventAsync(second, 2, duplicate: true, topic: "sc/v1/d-2/event");
        Eventually(() => harness.Status.Received == 6, "received");
        Eventually(() => harness.Journal.Log.FlushPending(), "flushed");
        (await second.ExpectAckAsync()).PacketId.ShouldBe((ushort)1);
        (await second.ExpectAckAsync()).PacketId.ShouldBe((ushort)2);
        (await second.ExpectAckAsync()).PacketId.ShouldBe((ushort)3);
        Eventually(() => harness.Journal.Log.FlushPending() || harness.ReadJournal().Count == 4, "the last");
        (await second.ExpectAckAsync()).PacketId.ShouldBe((ushort)2);
        harness.JournaledIds().ShouldBe(["e1", "e2", "e3", "e2"]);
    }

    [Fact]
    public async Task Retained_state_is_no_event_and_a_reading_that_says_when_counts()
    {
        await using var harness = new BridgeHarness();
        var server = await harness.StartAndWelcomeAsync();
        await PublishEventAsync(server, 1, retain: true);
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)1, "there is nothing to wait for");

        await server.PublishAsync("sc/v1/d-1/telemetry", """{"values":{"temperature":20}}"""u8.ToArray(), QualityOfService.AtLeastOnce, 2, retain: true);
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)2);
        await server.PublishAsync("sc/v1/d-1/telemetry", """{"time":"2026-11-20T10:00:00Z","values":{"temperature":21}}"""u8.ToArray(), QualityOfService.AtLeastOnce, 3, retain: true);
        Eventually(() => harness.Journal.Log.FlushPending(), "flushed");
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)3);
        var batch = harness.ReadJournal().ShouldHaveSingleItem();
        batch.Samples.ShouldHaveSingleItem().Value.ShouldBe(21);
        batch.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Topics_are_moved_under_the_prefix_that_a_decoder_knows_and_a_decoder_can_be_named()
    {
        await using var harness = new BridgeHarness(options => options with
        {
            Topics = [new BridgeTopic("site/#", "native", "site/", "sc/v1/")],
        });
        harness.Start();
        var server = await harness.Broker.AcceptAndWelcomeAsync();
        await harness.AnswerSubscriptionsAsync(server, 1);
        await PublishEventAsync(server, 1, topic: "site/d-9/event");
        await PublishEventAsync(server, 2, topic: "site/d-9/unknown");
        await PublishEventAsync(server, 3, topic: "elsewhere/d-9/event");
        Eventually(() => harness.Status.Received == 3, "received");
        Eventually(() => harness.Journal.Log.FlushPending(), "flushed");
        for (ushort id = 1; id <= 3; id++) (await server.ExpectAckAsync()).PacketId.ShouldBe(id);

        var batches = harness.ReadJournal();
        batches.Count.ShouldBe(2, "what no filter takes is passed over");
        batches[0].Events.Single().Device.Value.ShouldBe("d-9");
        (batches[1].DeadLetter!.Topic, batches[1].DeadLetter!.Publisher).ShouldBe(("sc/v1/d-9/unknown", null));
        batches[1].DeadLetter!.Reason.ShouldContain("'native' does not take this topic");
    }

    [Fact]
    public async Task A_broker_of_before_5_is_spoken_to_in_its_own_version()
    {
        await using var harness = new BridgeHarness();
        harness.Start();
        var refusing = await harness.Broker.AcceptAsync();
        (await refusing.ExpectConnectAsync()).Version.ShouldBe(MqttVersion.V500);
        await refusing.SendAsync(new byte[] { 0x20, 2, 0, 1 });
        var server = await harness.Broker.AcceptAsync();
        var connect = await server.ExpectConnectAsync();
        (connect.Version, connect.CleanStart).ShouldBe((MqttVersion.V311, false));
        await server.SendAsync(new ConnAckPacket());
        await harness.AnswerSubscriptionsAsync(server);
        Eventually(() => harness.Status is { Condition: BridgeCondition.Connected, Version: "3.1.1" }, "connected");
        await PublishEventAsync(server, 1);
        Eventually(() => harness.Journal.Log.FlushPending(), "flushed");
        (await server.ExpectAckAsync()).PacketId.ShouldBe((ushort)1);
    }

    [Fact]
    public async Task A_broker_that_is_not_told_of_the_limit_is_slowed_down_by_it()
    {
        const int Limit = 4;
        await using var harness = new BridgeHarness(options => options with { MaxUnacknowledged = Limit });
        var server = await harness.StartAndWelcomeAsync();
        for (ushort id = 1; id <= 100; id++) await PublishEventAsync(server, id);
        for (ushort id = 1; id <= 100;)
        {
            // One waits in the hand of the acknowledging loop, and one in that of the taking loop, beside the queue between them.
            harness.Status.Unacknowledged.ShouldBeLessThanOrEqualTo(Limit + 2);
            var next = server.ExpectAckAsync();
            Eventually(() => harness.Journal.Log.FlushPending() || next.IsCompleted, "flushed");
            (await next).PacketId.ShouldBe(id++);
        }

        harness.ReadJournal().Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_stop_acknowledges_what_is_on_disk_before_the_goodbye()
    {
        await using var harness = new BridgeHarness(holdsFlush: false);
        var server = await harness.StartAndWelcomeAsync();
        for (ushort id = 1; id <= 20; id++) await PublishEventAsync(server, id);
        Eventually(() => harness.Status.Received == 20, "received");
        var stopping = harness.StopAsync();
        for (ushort id = 1; id <= 20; id++) (await server.ExpectAckAsync()).PacketId.ShouldBe(id);
        (await server.ExpectDisconnectAsync()).Reason.ShouldBe(ReasonCode.Success);
        server.Close();
        await stopping;
        harness.Status.Condition.ShouldBe(BridgeCondition.Stopped);
        harness.ReadJournal().Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_journal_that_takes_nothing_is_waited_for_and_nothing_is_acknowledged()
    {
        await using var harness = new BridgeHarness();
        var server = await harness.StartAndWelcomeAsync();
        harness.Journal.Dispose();
        await PublishEventAsync(server, 1);
        await server.ExpectDisconnectAsync();
        Eventually(() => harness.Status.Condition == BridgeCondition.Waiting, "waiting");
        harness.Status.LastError.ShouldNotBeNull();
        harness.Status.Acknowledged.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_subscription_is_shown_and_tried_again()
    {
        await using var harness = new BridgeHarness();
        harness.Start();
        var server = await harness.Broker.AcceptAndWelcomeAsync();
        var request = await server.ExpectSubscribeAsync();
        await server.SendAsync(new SubAckPacket(request.PacketId, [ReasonCode.NotAuthorized]));
        var filters = await harness.AnswerSubscriptionsAsync(server);
        filters.Select(filter => filter.Filter).ShouldBe(["sc/v1/+/telemetry", "sc/v1/+/event"]);
        harness.Status.LastError!.ShouldContain("NotAuthorized");
    }

    [Fact]
    public void The_gateway_shows_its_bridges_and_refuses_wrong_ones_before_anything_is_made()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection().AddLogging().AddGateway(GatewayTesting.Options(folder.Path));
        var wrong = Should.Throw<OptionsValidationException>(() => services.AddBridges(
            [new BridgeSettings { Name = "a b", Url = "x" }, new BridgeSettings { Name = "c", Url = "mqtt://b", Topics = [new() { Filter = "a", Decoder = "onvif" }] }]));
        foreach (var path in new[] { "Bridges:0:Name", "Bridges:0:Url", "Bridges:0:Topics", "Bridges:1:Topics:0:Decoder" }) wrong.Message.ShouldContain(path);
        services.ShouldNotContain(service => service.ServiceType == typeof(IBridges));

        services.AddBridges([new BridgeSettings { Name = "north", Url = "mqtts://broker", Topics = [new() { Filter = "sc/v1/#", Decoder = "native" }] }]);
        using var provider = services.BuildServiceProvider();
        var bridge = provider.GetRequiredService<IBridges>().List().ShouldHaveSingleItem();
        (bridge.Name, bridge.Address, bridge.Condition).ShouldBe(("north", "mqtts://broker:8883", BridgeCondition.Stopped));
    }
}
