using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Packets that a signed-in client should not send.</summary>
[Collection(Attacks.Name)]
public sealed class PacketTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";
    private static readonly byte[] Sample = """{"values":{"battery":50}}"""u8.ToArray();

    [Fact]
    public Task Thousands_of_user_properties_are_refused() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        var many = Raw.UserProperties(5_000);
        (byte[] Bytes, string What)[] packets =
        [
            (Raw.Publish(intruder.Telemetry, Sample, 1, 1, many), "PUBLISH"),
            (Raw.Packet(0x82, [0, 1, .. many, .. Raw.Text(intruder.Telemetry), 1]), "SUBSCRIBE"),
            (Raw.Packet(0xA2, [0, 1, .. many, .. Raw.Text(intruder.Telemetry)]), "UNSUBSCRIBE"),
            (Raw.Packet(0x40, [0, 1, 0, .. many]), "PUBACK"),
            (Raw.Packet(0xE0, [0, .. many]), "DISCONNECT"),
        ];
        await Pace.KeepAsync(50, async n =>
        {
            var (bytes, what) = packets[n % packets.Length];
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(bytes);
            await peer.ShouldBeSentAwayAsync(ReasonCode.QuotaExceeded, what);

            // Before sign-in they are a packet that is too large, and 65 small ones are refused by name.
            await using var stranger = await intruder.DialAsync();
            await stranger.PushAsync(Raw.Packet(0x10, [.. Raw.Text("MQTT"), 5, 2, 0, 60, .. many, .. Raw.Text("x")]));
            await stranger.ShouldBeCutOffAsync("CONNECT with 5,000");
            await using var another = await intruder.DialAsync();
            await another.PushAsync(Raw.Packet(0x10, [.. Raw.Text("MQTT"), 5, 2, 0, 60, .. Raw.UserProperties(65), .. Raw.Text("x")]));
            await another.ShouldBeRefusedAsync(ReasonCode.QuotaExceeded, "CONNECT with 65");
        });
    }, output);

    [Fact]
    public Task Packets_of_a_server_end_the_connection() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        (byte[] Bytes, string What)[] packets =
        [
            (Raw.Packet(0x20, 0, 0, 0), "CONNACK"),
            (Raw.Packet(0x90, 0, 1, 0, 0), "SUBACK"),
            (Raw.Packet(0xB0, 0, 1, 0, 0), "UNSUBACK"),
            (Raw.Packet(0xD0), "PINGRESP"),
            (Raw.Packet(0xF0, 0x18, 0), "AUTH"),
            (Raw.Connect(intruder.Credentials()), "a second CONNECT"),
        ];
        await Pace.KeepAsync(100, async n =>
        {
            var (bytes, what) = packets[n % packets.Length];
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(bytes);
            await peer.ShouldBeSentAwayAsync(ReasonCode.ProtocolError, what);
        });
    }, output);

    [Fact]
    public Task Qos_2_with_the_same_identifier_has_one_effect() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await using var listener = await intruder.EnterAsync();
        await listener.SendAsync(Raw.Subscribe(1, intruder.Telemetry));
        await listener.ExpectSubAckAsync();
        await using var sender = await intruder.EnterAsync();
        await sender.SendAsync(Raw.Publish(intruder.Telemetry, Sample, 2, 7));
        (await sender.ExpectAckAsync(PacketType.PubRec)).Reason.IsError().ShouldBeFalse();

        // The PUBREC is never answered; the message comes again and again.
        byte[] again = [.. Enumerable.Repeat(Raw.Publish(intruder.Telemetry, Sample, 2, 7, flags: 8), 50).SelectMany(bytes => bytes)];
        await Pace.KeepInTurnAsync(100, async _ =>
        {
            await sender.SendAsync(again);
            for (var n = 0; n < 50; n++) (await sender.ExpectAckAsync(PacketType.PubRec)).PacketId.ShouldBe((ushort)7);
        });

        await sender.SendAsync(Raw.Publish(intruder.Telemetry, "{}"u8, 0));
        (await listener.ExpectPublishAsync()).Payload.ToArray().ShouldBe(Sample);
        (await listener.ExpectPublishAsync()).Payload.ToArray().ShouldBe("{}"u8.ToArray());
    }, output);

    [Fact]
    public Task Qos_2_that_is_never_released_stops_at_the_receive_maximum() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await Pace.KeepInTurnAsync(5, async _ =>
        {
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync((byte[])[.. Enumerable.Range(1, 1_100).SelectMany(id => Raw.Publish(intruder.Telemetry, Sample, 2, (ushort)id))]);
            await peer.ShouldBeSentAwayAsync(ReasonCode.ReceiveMaximumExceeded, "1,100 messages that nobody releases");
        });
    }, output);

    [Fact]
    public Task Topic_aliases_stay_within_their_limit() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        (byte[] Bytes, ReasonCode Reason, string What)[] abuses =
        [
            (Raw.Publish(intruder.Telemetry, Sample, properties: Raw.Properties(0x23, 0, 0)), ReasonCode.TopicAliasInvalid, "alias 0"),
            (Raw.Publish(intruder.Telemetry, Sample, properties: Raw.Properties(0x23, 0, 17)), ReasonCode.TopicAliasInvalid, "an alias above the maximum"),
            (Raw.Publish(intruder.Telemetry, Sample, properties: Raw.Properties(0x23, 0xFF, 0xFF)), ReasonCode.TopicAliasInvalid, "the largest alias"),
            (Raw.Publish("", Sample, properties: Raw.Properties(0x23, 0, 3)), ReasonCode.ProtocolError, "an alias that was never set"),
            (Raw.Publish(intruder.Telemetry, Sample, properties: Raw.Properties(0x23, 0, 1, 0x23, 0, 1)), ReasonCode.ProtocolError, "two aliases"),
        ];
        foreach (var (bytes, reason, what) in abuses)
        {
            await using var peer = await intruder.EnterAsync();
            await peer.PushAsync(bytes);
            await peer.ShouldBeSentAwayAsync(reason, what);
        }

        // Setting them again and again keeps the last topic of each only. Nobody may publish there, so that nothing is stored.
        await using var setter = await intruder.EnterAsync();
        await Pace.KeepInTurnAsync(1_000, async n =>
        {
            var topic = $"nowhere/{n}/{new string('x', 500)}";
            await setter.SendAsync(Raw.Publish(topic, Sample, 1, 1, Raw.Properties(0x23, 0, (byte)(1 + (n % 16)))));
            (await setter.ExpectAckAsync()).Reason.ShouldBe(ReasonCode.NotAuthorized);
        });
    }, output);
}
