using System.Diagnostics;
using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Sessions that are fought over, that never end, or that end all at once.</summary>
[Collection(Attacks.Name)]
public sealed class SessionTests(Besieged besieged, ITestOutputHelper output)
{
    private const string Device = "door-b7-lobby";

    [Fact]
    public Task A_storm_of_take_overs_leaves_one_owner() => besieged.WithstandAsync(async () =>
    {
        var intruders = Enumerable.Range(0, 10).Select(_ => besieged.Intruder(Device)).ToList();
        var same = intruders[0].Credentials();
        var storm = await Pace.StartAsync(200, n => FightAsync(intruders[n % intruders.Count], same));

        // Whoever comes last has it, and those before have been told. Some of the storm may still be on their way when the last one is let in.
        var told = Task.WhenAll(storm);
        PeerConnection? last = null;
        do
        {
            if (last is not null) await last.DisposeAsync();
            last = await Eventually.GetAsync("the last one is let in", () => TryEnterAsync(intruders[0], same));
            await Task.WhenAny(told, Task.Delay(Siege.Duration));
        }
        while (!told.IsCompleted);

        await told;
        await last.ShouldBeServedAsync();
        await last.DisposeAsync();
    }, output);

    [Fact]
    public Task Ten_thousand_wills_at_once_are_all_published() => besieged.WithstandAsync(async () =>
    {
        var devices = besieged.Host.Demo.GetProperty("devices").EnumerateArray().Select(device => device.Id()).Where(id => !id.StartsWith("air-b", StringComparison.Ordinal)).ToList();
        var intruders = devices.Select(device => besieged.Intruder(device)).ToList();
        await using var listeners = new Crowd();
        foreach (var intruder in intruders.Take(10))
        {
            var listener = listeners.Add(await intruder.EnterAsync());
            await listener.SendAsync(Raw.Subscribe(1, $"sc/v1/{intruder.Device}/status"));
            await listener.ExpectSubAckAsync();
        }

        // Their delays end in the same second, whenever they began.
        var clock = Stopwatch.StartNew();
        var due = TimeSpan.FromSeconds(9);
        var share = 10_000 / intruders.Count;
        await Parallel.ForEachAsync(Enumerable.Range(0, share * intruders.Count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (n, _) =>
        {
            var intruder = intruders[n % intruders.Count];
            var delay = (uint)Math.Max(1, (due - clock.Elapsed).TotalSeconds);
            var will = new WillMessage($"sc/v1/{intruder.Device}/status", "offline"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: false) { DelayInterval = delay };
            var peer = await intruder.EnterAsync(intruder.Credentials() with { Will = will, SessionExpiryInterval = 60 });
            peer.Reset();
        });

        output.WriteLine($"all had gone after {clock.Elapsed}");
        await Task.WhenAll(listeners.Peers.Select(listener => HearAsync(listener, share)));
    }, output);

    private static async Task HearAsync(PeerConnection listener, int count)
    {
        for (var n = 0; n < count; n++)
        {
            try
            {
                var heard = await listener.ExpectPublishAsync();
                heard.Payload.ToArray().ShouldBe("offline"u8.ToArray());
                await listener.AcknowledgeAsync(heard.PacketId);
            }
            catch (PeerException exception)
            {
                throw new InvalidOperationException($"{n} of {count} wills were heard.", exception);
            }
        }
    }

    // Let in and taken over by the next, or refused because too many want the same at once.
    private static async Task FightAsync(Intruder intruder, ConnectPacket connect)
    {
        await using var peer = await intruder.DialAsync();
        await peer.PushAsync(Raw.Connect(connect));
        if (await peer.NextAsync() is not { } first) return;
        first.Type.ShouldBe(PacketType.ConnAck);
        var reason = (ReasonCode)first.Body.Span[1];
        reason.ShouldBeOneOf(ReasonCode.Success, ReasonCode.ServerBusy, ReasonCode.ConnectionRateExceeded);
        if (reason == ReasonCode.Success) await peer.ShouldBeSentAwayAsync(ReasonCode.SessionTakenOver, "a client whose session another one took");
    }

    private static async Task<PeerConnection?> TryEnterAsync(Intruder intruder, ConnectPacket connect)
    {
        var peer = await intruder.DialAsync();
        await peer.SendAsync(connect);
        if (await peer.NextAsync() is { Type: PacketType.ConnAck } answer && answer.Body.Span[1] == (byte)ReasonCode.Success) return peer;
        await peer.DisposeAsync();
        return null;
    }
}
