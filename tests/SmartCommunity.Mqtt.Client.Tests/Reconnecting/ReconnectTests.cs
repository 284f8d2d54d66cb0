using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests.Reconnecting;

public sealed class ReconnectTests
{
    private static readonly ReconnectOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task What_was_not_acknowledged_is_sent_again_with_DUP_and_the_rest_once()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer);
        var first = await peer.AcceptAndWelcomeAsync();
        var publishing = Enumerable.Range(1, 4).Select(i => client.PublishAsync(Clients.Message($"{i}"))).ToArray();
        var sent = new List<PublishPacket>();
        for (var i = 0; i < 4; i++) sent.Add(await first.ExpectPublishAsync());
        await first.AcknowledgeAsync(sent[1].PacketId);
        await publishing[1].Within();
        first.Reset();

        var second = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        foreach (var old in new[] { sent[0], sent[2], sent[3] })
        {
            var again = await second.ExpectPublishAsync();
            (again.PacketId, again.Duplicate, again.Payload.Text()).ShouldBe((old.PacketId, true, old.Payload.Text()));
            await second.AcknowledgeAsync(again.PacketId);
        }

        await Task.WhenAll(publishing).Within();
        var late = client.PublishAsync(Clients.Message("5"));
        var fresh = await second.ExpectPublishAsync();
        (fresh.Duplicate, fresh.Payload.Text()).ShouldBe((false, "5"));
        await second.AcknowledgeAsync(fresh.PacketId);
        await late.Within();
    }

    [Fact]
    public async Task Publishing_waits_for_a_connection()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer);
        var publishing = client.PublishAsync(Clients.Message("early"));
        var refusing = await peer.AcceptAsync();
        await refusing.ExpectConnectAsync();
        await refusing.SendAsync(new ConnAckPacket { Reason = ReasonCode.ServerBusy });

        var server = await peer.AcceptAndWelcomeAsync();
        var packet = await server.ExpectPublishAsync();
        (packet.Payload.Text(), packet.Duplicate).ShouldBe(("early", false));
        await server.AcknowledgeAsync(packet.PacketId);
        await publishing.Within();
    }

    [Fact]
    public async Task The_birth_message_comes_on_every_connection()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer, Quick with { Birth = Clients.Message("online") with { Retain = true } });
        for (var i = 0; i < 3; i++)
        {
            var server = await peer.AcceptAndWelcomeAsync();
            var birth = await server.ExpectPublishAsync();
            (birth.Payload.Text(), birth.Retain).ShouldBe(("online", true));
            await server.AcknowledgeAsync(birth.PacketId);
            server.Close();
        }
    }

    [Fact]
    public async Task Subscriptions_are_made_again_only_when_the_server_forgot_them()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer);
        var server = await peer.AcceptAndWelcomeAsync();
        var subscribing = client.SubscribeAsync(new SubscriptionRequest("a/#", QualityOfService.AtLeastOnce));
        await AnswerAsync(server);
        await subscribing.Within();
        server.Reset();

        server = await peer.AcceptAndWelcomeAsync(sessionPresent: false);
        (await AnswerAsync(server)).Filters.ShouldHaveSingleItem().Filter.ShouldBe("a/#");
        await server.PublishAsync("a/b", "after"u8.ToArray());
        (await client.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("after");
        server.Reset();

        server = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        var publishing = client.PublishAsync(Clients.Message("x"));
        var next = await server.ExpectPublishAsync();
        await server.AcknowledgeAsync(next.PacketId);
        await publishing.Within();
    }

    [Fact]
    public async Task Disposing_says_goodbye_and_fails_what_still_waits()
    {
        await using var peer = ScriptedPeer.Listen();
        var client = Start(peer);
        var server = await peer.AcceptAndWelcomeAsync();
        var publishing = client.PublishAsync(Clients.Message("x"));
        await server.ExpectPublishAsync();
        var leaving = client.DisposeAsync().AsTask();
        await server.ExpectDisconnectAsync();
        server.Close();
        await leaving.Within();
        await Should.ThrowAsync<Exception>(() => publishing.Within());
        await Should.ThrowAsync<MqttConnectionLostException>(() => client.PublishAsync(Clients.Message("y")).Within());
    }

    [Fact]
    public async Task An_abort_is_a_loss_like_any_other()
    {
        await using var peer = ScriptedPeer.Listen();
        var failures = new List<Exception>();
        await using var client = Start(peer, Quick with { Failed = (cause, _) => failures.Add(cause) });
        var server = await peer.AcceptAndWelcomeAsync();
        await client.WaitUntilConnectedAsync().Within();
        client.Abort();
        await server.ExpectClosedAsync();
        await peer.AcceptAndWelcomeAsync();
        await client.WaitUntilConnectedAsync().Within();
        failures.ShouldHaveSingleItem().ShouldBeOfType<MqttConnectionLostException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_waits_begin_anew_after_a_connection_that_stood_for_a_while(bool stood)
    {
        await using var peer = ScriptedPeer.Listen();
        var delays = System.Threading.Channels.Channel.CreateUnbounded<TimeSpan>();
        var reconnect = Quick with
        {
            FirstDelay = TimeSpan.FromMilliseconds(1),
            LongestDelay = TimeSpan.FromMilliseconds(64),
            Jitter = 0,
            StablePeriod = stood ? TimeSpan.Zero : TimeSpan.FromHours(1),
            Failed = (_, delay) => delays.Writer.TryWrite(delay),
        };
        await using var client = Start(peer, reconnect);
        for (var i = 0; i < 4; i++)
        {
            var server = await peer.AcceptAndWelcomeAsync();
            await client.WaitUntilConnectedAsync().Within();
            server.Reset();
            (await delays.Reader.ReadAsync().AsTask().Within()).TotalMilliseconds.ShouldBe(stood ? 1 : 1 << i);
        }
    }

    [Fact]
    public async Task A_callback_that_throws_is_told_to_everybody_who_waits()
    {
        await using var peer = ScriptedPeer.Listen();
        var client = Start(peer, Quick with { Connected = _ => throw new InvalidOperationException("mine") });
        await peer.AcceptAndWelcomeAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => client.WaitUntilConnectedAsync().Within())).Message.ShouldBe("mine");
        (await Should.ThrowAsync<InvalidOperationException>(() => client.Messages.Completion.Within())).Message.ShouldBe("mine");
        (await Should.ThrowAsync<InvalidOperationException>(() => client.DisposeAsync().AsTask().Within())).Message.ShouldBe("mine");
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_over_many_cuts()
    {
        const int Seed = 20_261_120;
        var random = new Random(Seed);
        await using var peer = ScriptedPeer.Listen();
        await using var client = Start(peer, options: Clients.Options(peer) with { MaxInFlight = 8, CleanStart = false });
        var publishing = Enumerable.Range(0, 200).Select(i => client.PublishAsync(Clients.Message($"{i}"))).ToArray();
        var all = Task.WhenAll(publishing);
        var site = new Receiver();
        for (var cuts = 0; cuts < 20; cuts++)
        {
            var server = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
            for (var left = random.Next(1, 12); left > 0; left--)
            {
                var packet = await server.ExpectPublishAsync();
                site.Take(packet);
                if (random.Next(4) == 0) break;
                await server.AcknowledgeAsync(packet.PacketId);
            }

            server.Reset();
        }

        var last = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        while (!all.IsCompleted)
        {
            var next = last.ExpectPublishAsync();
            if (await Task.WhenAny(next, all) == all) break;
            site.Take(await next);
            await last.AcknowledgeAsync((await next).PacketId);
        }

        await all;
        site.Payloads.ShouldBe(Enumerable.Range(0, 200).Select(i => $"{i}"), $"seed {Seed}");
    }

    private static ReconnectingMqttClient Start(ScriptedPeer peer, ReconnectOptions? reconnect = null, MqttClientOptions? options = null) =>
        new(options ?? Clients.Options(peer) with { CleanStart = false }, reconnect ?? Quick, new Random(1));

    private static async Task<SubscribePacket> AnswerAsync(PeerConnection server)
    {
        var request = await server.ExpectSubscribeAsync();
        await server.SendAsync(new SubAckPacket(request.PacketId, [.. request.Filters.Select(_ => ReasonCode.GrantedQos1)]));
        return request;
    }

    /// <summary>Takes what it has not taken yet: a resend says DUP and has the packet id and payload of before.</summary>
    private sealed class Receiver
    {
        private readonly Dictionary<ushort, string> _seen = [];

        public List<string> Payloads { get; } = [];

        public void Take(PublishPacket packet)
        {
            var payload = packet.Payload.Text();
            if (!packet.Duplicate || _seen.GetValueOrDefault(packet.PacketId) != payload) Payloads.Add(payload);
            _seen[packet.PacketId] = payload;
        }
    }
}
