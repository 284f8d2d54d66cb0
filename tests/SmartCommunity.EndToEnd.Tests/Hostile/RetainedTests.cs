using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Retained messages on as many topics as one device can think of.</summary>
[Collection(Attacks.Name)]
public sealed class RetainedTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b9-lobby";
    private const int RetainedOfAnAccount = 10_000;
    private const int AtOnce = 100;

    [Fact]
    public Task A_flood_of_retained_topics_stops_at_the_limit_of_its_account() => besieged.WithstandAsync(async () =>
    {
        var intruder = besieged.Intruder(Device);
        await using var sender = await intruder.EnterAsync();
        for (var sent = 0; sent < RetainedOfAnAccount + 1_000; sent += AtOnce)
        {
            await sender.SendAsync((byte[])[.. Enumerable.Range(sent, AtOnce).SelectMany(n => Raw.Publish($"sc/v1/{Device}/r/{n}", "x"u8, 1, (ushort)(1 + n), flags: 1))]);

            // They are events too, so they are acknowledged; only keeping them for newcomers has a limit.
            for (var n = 0; n < AtOnce; n++) (await sender.ExpectAckAsync()).Reason.IsError().ShouldBeFalse();
        }

        await using var listener = await intruder.EnterAsync();
        (await CountRetainedAsync(listener, $"sc/v1/{Device}/#")).ShouldBe(RetainedOfAnAccount);

        // Another device still has its own.
        var neighbour = besieged.Intruder("door-b10-lobby");
        await using var other = await neighbour.EnterAsync();
        await other.SendAsync(Raw.Publish("sc/v1/door-b10-lobby/status", "online"u8, 1, 1, flags: 1));
        (await other.ExpectAckAsync()).Reason.IsError().ShouldBeFalse();
        (await CountRetainedAsync(other, "sc/v1/door-b10-lobby/#")).ShouldBe(1);
    }, output);

    // Answers may overtake messages, so what comes behind the SUBACK is counted until a message of our own comes, which queues behind the retained ones.
    private static async Task<int> CountRetainedAsync(PeerConnection peer, string filter)
    {
        await peer.SendAsync((byte[])[.. Raw.Packet(0x82, [0, 1, 0, .. Raw.Text(filter), 0]), .. Raw.Publish(filter.Replace("#", "telemetry", StringComparison.Ordinal), "{}"u8)]);
        var count = 0;
        while (await peer.NextAsync() is { } frame)
        {
            if (frame.Type != PacketType.Publish) continue;
            if ((frame.Header & 1) == 0) return count;
            count++;
        }

        throw new PeerException($"The connection closed after {count} retained messages.");
    }
}
