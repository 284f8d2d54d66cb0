using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Topics, filters and names that are not what they should be.</summary>
[Collection(Attacks.Name)]
public sealed class TopicTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";
    private static readonly byte[] Sample = """{"values":{"battery":50}}"""u8.ToArray();

    [Fact]
    public Task A_topic_of_no_length_ends_the_connection() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await Pace.KeepAsync(50, async n =>
        {
            var qos = n % 3;
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(Raw.Publish("", Sample, qos, 1));
            await peer.ShouldBeSentAwayAsync(ReasonCode.ProtocolError, "no topic and no alias");
            await using var older = await intruder.EnterAsync(MqttVersion.V311);
            await older.PushAsync(Raw.Packet(0x30, [0, 0, .. Sample]));
            await older.ShouldBeCutOffAsync("3.1.1 has no DISCONNECT of a server");
        });
    }, output);

    [Fact]
    public Task A_topic_of_65000_levels_ends_the_connection() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        var slashes = $"sc/v1/{Device}/{new string('/', 65_000)}";
        var wildcards = $"sc/v1/{Device}/{string.Concat(Enumerable.Repeat("+/", 32_000))}#";
        (byte[] Bytes, string What)[] packets =
        [
            (Raw.Publish(slashes, Sample, 1, 1), "PUBLISH"),
            (Raw.Subscribe(1, slashes), "SUBSCRIBE"),
            (Raw.Subscribe(1, wildcards), "SUBSCRIBE with wildcards"),
            (Raw.Packet(0xA2, [0, 1, 0, .. Raw.Text(wildcards)]), "UNSUBSCRIBE"),
        ];
        await Pace.KeepAsync(50, async n =>
        {
            var (bytes, what) = packets[n % packets.Length];
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(bytes);
            await peer.ShouldBeSentAwayAsync(ReasonCode.QuotaExceeded, what);
        });
    }, output);

    [Fact]
    public Task Nobody_publishes_to_the_servers_own_topics() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        string[] topics = ["$SYS/broker/uptime", "$share/g/sc/v1/x", $"$sc/v1/{Device}/telemetry", "$"];
        await Pace.KeepAsync(50, async n =>
        {
            var topic = topics[n % topics.Length];
            await using var peer = await intruder.EnterAsync();
            await peer.SendAsync(Raw.Publish(topic, Sample, 1, 1));
            (await peer.ExpectAckAsync()).Reason.ShouldBe(ReasonCode.NotAuthorized, topic);
            await peer.SendAsync(Raw.Publish(topic, Sample, 2, 2));
            (await peer.ExpectAckAsync(PacketType.PubRec)).Reason.ShouldBe(ReasonCode.NotAuthorized, topic);
            await peer.SendAsync(Raw.Publish(topic, Sample));
            await peer.ShouldBeSentAwayAsync(ReasonCode.NotAuthorized, topic);
        });
    }, output);

    [Fact]
    public Task Names_with_wildcards_widen_nothing() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        string[] names = ["#", "+", "+/#", "sc/v1/#", "%u", "%c", $"{Device}/../#", "\u0001"];
        string[] filters = ["#", "+/#", "sc/#", "sc/v1/#", "sc/v1/+/telemetry", "sc/v1/+/#", "sc/v1/air-b1-lobby/telemetry", "$share/g/sc/v1/+/telemetry"];
        await Pace.KeepInTurnAsync(20, async n =>
        {
            var name = names[n % names.Length];
            await using var stranger = await intruder.DialAsync();
            await stranger.PushAsync(Raw.Connect(intruder.Credentials() with { UserName = name }));
            await ShouldNotBeLetInAsync(stranger, name);

            await using var peer = await intruder.DialAsync();
            await peer.SendAsync(intruder.Credentials() with { ClientId = name });
            if (await peer.NextAsync() is not { } answer || ((ReasonCode)answer.Body.Span[1]).IsError()) return;

            await ShouldReadOnlyItsOwnAsync(peer, name, filters, intruder.Telemetry);
        });
    }, output);

    // U+0001 may be refused as malformed already, even without a word; the others are names like any, and nobody has them.
    private static async Task ShouldNotBeLetInAsync(PeerConnection peer, string name)
    {
        if (await peer.NextAsync() is not { } answer) return;
        answer.Type.ShouldBe(PacketType.ConnAck);
        ((ReasonCode)answer.Body.Span[1]).ShouldBeOneOf([ReasonCode.BadUserNameOrPassword, ReasonCode.MalformedPacket], name);
    }

    private static async Task ShouldReadOnlyItsOwnAsync(PeerConnection peer, string name, string[] filters, string own)
    {
        foreach (var filter in filters)
        {
            await peer.SendAsync(Raw.Subscribe(1, filter));
            (await peer.ExpectSubAckAsync()).Reasons.ShouldHaveSingleItem().IsError().ShouldBeTrue($"client {name} subscribed to {filter}");
        }

        await peer.SendAsync(Raw.Subscribe(1, own));
        (await peer.ExpectSubAckAsync()).Reasons.ShouldHaveSingleItem().IsError().ShouldBeFalse($"client {name} may not read its own topic");
    }
}
