using System.Text;
using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>What strangers send before they have signed in.</summary>
[Collection(Attacks.Name)]
public sealed class StrangerTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";

    [Fact]
    public Task A_huge_remaining_length_is_cut_off_before_its_bytes_come() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder();
        byte[][] headers = [[0x10, 0xFF, 0xFF, 0xFF, 0x7F], [0x10, 0x80, 0x80, 0x01]];
        var noise = new byte[64 * 1024];
        await Pace.KeepAsync(100, async n =>
        {
            await using var peer = await intruder.DialAsync();
            await peer.PushAsync((byte[])[.. headers[n % headers.Length], .. noise]);
            await peer.ShouldBeCutOffAsync(Convert.ToHexString(headers[n % headers.Length]));
        });
    }, output);

    [Fact]
    public Task Whoever_does_not_begin_with_connect_is_cut_off() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder();
        byte[][] openings =
        [
            .. Enumerable.Range(0, 16).Where(type => type != (int)PacketType.Connect).Select(type => Raw.Packet((byte)(type << 4), 0, 1, (byte)'a', 0)),
            Raw.Subscribe(1, "#"),
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(),
            [0x16, 0x03, 0x01, 0x02, 0x00, 0x01],
        ];
        await Pace.KeepAsync(200, async n =>
        {
            await using var peer = await intruder.DialAsync();
            await peer.PushAsync(openings[n % openings.Length]);
            await peer.ShouldBeCutOffAsync(Convert.ToHexString(openings[n % openings.Length]));
        });
    }, output);

    [Fact]
    public Task Lengths_that_are_longer_than_they_need_to_be_are_refused() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        byte[][] before = [[0x10, 0x8D, 0x00], [0x10, 0x8D, 0x80, 0x00], [0x10, 0x8D, 0x80, 0x80, 0x00], [0x10, 0x80, 0x80, 0x80, 0x80, 0x01], [0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]];
        byte[][] after = [[0xC0, 0x80, 0x00], [0xC0, 0x80, 0x80, 0x00], [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x30, 0x80, 0x80, 0x80, 0x80, 0x00]];
        await Pace.KeepAsync(100, async n =>
        {
            await using var stranger = await intruder.DialAsync();
            await stranger.PushAsync(before[n % before.Length]);
            await stranger.ShouldBeCutOffAsync(Convert.ToHexString(before[n % before.Length]));
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(after[n % after.Length]);
            await peer.ShouldBeSentAwayAsync(ReasonCode.MalformedPacket, Convert.ToHexString(after[n % after.Length]));
        });
    }, output);

    [Fact]
    public Task A_will_with_bad_properties_is_refused() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);

        // Which of them for which mistake, the tests of the packets say. Text that is no UTF-8 is cut off without a word.
        ReasonCode[] refusals = [ReasonCode.MalformedPacket, ReasonCode.ProtocolError, ReasonCode.QuotaExceeded];
        (byte[] Properties, string What)[] wills =
        [
            (Raw.Properties(0x23, 0, 1), "a topic alias"),
            (Raw.Properties(0x0B, 1), "a subscription identifier"),
            (Raw.Properties(0x11, 0, 0, 0, 1), "a session expiry"),
            (Raw.Properties(0x7F, 1), "an unknown property"),
            (Raw.Properties(0x01, 2), "a payload format of 2"),
            (Raw.Properties(0x18, 0, 0, 0, 1, 0x18, 0, 0, 0, 1), "two delays"),
            (Raw.Properties(0x18, 0, 0), "half a delay"),
            (Raw.Properties(0x03, 0, 2, 0xC3, 0x28), "a content type that is no UTF-8"),
            (Raw.Properties(0x08, 0, 200, (byte)'a'), "a response topic that is longer than its block"),
            ([0xFF, 0xFF, 0x01], "a block that is longer than the packet"),
            (Raw.UserProperties(65), "65 user properties"),
        ];
        await Pace.KeepAsync(100, async n =>
        {
            var (properties, what) = wills[n % wills.Length];
            await using var peer = await intruder.DialAsync();
            await peer.PushAsync(ConnectWithWill(intruder, properties));
            if (await peer.NextAsync() is not { } answer) return;
            answer.Type.ShouldBe(PacketType.ConnAck);
            ((ReasonCode)answer.Body.Span[1]).ShouldBeOneOf(refusals, $"a will with {what}");
            await peer.ShouldBeCutOffAsync(what);
        });
    }, output);

    [Fact]
    public Task A_flood_of_wrong_passwords_is_refused() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await Pace.KeepAsync(300, async n =>
        {
            await using var peer = await intruder.DialAsync();
            await peer.PushAsync(Raw.Connect(intruder.Credentials() with { Password = Encoding.UTF8.GetBytes($"guess-{n}") }));
            await ShouldBeTurnedAwayAsync(peer);
        });
    }, output);

    [Fact]
    public Task A_flood_of_good_sign_ins_from_one_address_is_slowed_down() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        var (letIn, refused) = (0, 0);
        await Pace.KeepAsync(400, async _ =>
        {
            await using var peer = await intruder.DialAsync();
            await peer.PushAsync(Raw.Connect(intruder.Credentials()));
            if (await peer.NextAsync() is { } frame && (ReasonCode)frame.Body.Span[1] == ReasonCode.Success)
            {
                Interlocked.Increment(ref letIn);
                return;
            }

            Interlocked.Increment(ref refused);
        });
        letIn.ShouldBeGreaterThanOrEqualTo(300, "a burst is what a site does that comes back after a power cut");
        refused.ShouldBePositive($"{letIn} connections in a second from one address");

        // At another address nobody notices.
        await using var neighbour = await besieged.Intruder(Device).EnterAsync();
    }, output);

    // A wrong password, or too many at once: closed with or without a word, but never let in.
    private static async Task ShouldBeTurnedAwayAsync(PeerConnection peer)
    {
        if (await peer.NextAsync() is not { } frame) return;
        frame.Type.ShouldBe(PacketType.ConnAck);
        ((ReasonCode)frame.Body.Span[1]).ShouldBeOneOf(ReasonCode.BadUserNameOrPassword, ReasonCode.ConnectionRateExceeded, ReasonCode.ServerBusy);
        await peer.ShouldBeCutOffAsync("after a refusal");
    }

    // connect = "MQTT" level flags keep-alive properties client-id will-properties will-topic will-payload user-name password
    private static byte[] ConnectWithWill(Intruder intruder, byte[] willProperties)
    {
        var credentials = intruder.Credentials();
        var password = Encoding.UTF8.GetString(credentials.Password!);
        return Raw.Packet(0x10,
        [
            .. Raw.Text("MQTT"), 5, 0xC6, 0, 60, 0, .. Raw.Text(credentials.ClientId),
            .. willProperties, .. Raw.Text($"sc/v1/{intruder.Device}/status"), .. Raw.Text("offline"),
            .. Raw.Text(credentials.UserName!), .. Raw.Text(password),
        ]);
    }
}
