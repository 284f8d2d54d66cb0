using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Events.Ids;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Simulation.Tests.Fleet;

/// <summary>A whole fleet against the product's own endpoint.</summary>
public sealed class FleetEndpointTests
{
    [Fact]
    public async Task Every_device_comes_online_and_speaks_and_situations_happen_and_nobody_says_goodbye_by_will()
    {
        var messages = new ConcurrentQueue<(DeviceId Device, DeviceMessage Message, PublishOrigin Origin)>();
        await using var endpoint = await OpenEndpoint.StartAsync(
            (client, message) => messages.Enqueue((DeviceId.Parse(client.Name), Read(message), message.Origin)));
        var situations = 0;
        var options = new FleetOptions
        {
            Port = endpoint.Port,
            TelemetryInterval = TimeSpan.FromMilliseconds(200),
            Started = (_, _) => Interlocked.Increment(ref situations),
            // Only such as do not cut a connection, so that every will would be a mistake.
            Situations = new DirectorOptions { Interval = TimeSpan.FromMilliseconds(50), Kinds = ["falling-object", "duress", "illegal-parking"] },
        };
        var tokens = TestCommunity.Community.Devices.ToDictionary(device => device.Id, device => "token");
        var fleet = new FleetRunner(TestCommunity.World(), options, tokens, TimeProvider.System, NullLogger<FleetRunner>.Instance);
        using var stop = new CancellationTokenSource();
        var running = fleet.RunAsync(stop.Token);

        using var limit = new CancellationTokenSource(PeerConnection.Patience);
        while (!HasAll()) await Task.Delay(20, limit.Token);
        fleet.Statistics.Connected.ShouldBe(tokens.Count);
        fleet.Statistics.Losses.ShouldBe(0);
        await stop.CancelAsync();
        await running.WaitAsync(PeerConnection.Patience);
        fleet.Statistics.Connected.ShouldBe(0);

        foreach (var (device, message, origin) in messages)
        {
            Decoding.Decode(device, message, TestCommunity.Morning);
            origin.ShouldBe(PublishOrigin.Client);
        }

        bool HasAll() => situations > 5
            && messages.Any(item => item.Message.ToString().Contains(EventKinds.NameOf(EventKind.FallingObject), StringComparison.Ordinal))
            && messages.Where(item => item.Message.Channel == DeviceChannel.Status).Select(item => item.Device).Distinct().Count() == tokens.Count
            && messages.Where(item => item.Message.Channel == DeviceChannel.Telemetry).Select(item => item.Device).Distinct().Count() == tokens.Count;
    }

    private static DeviceMessage Read(ReceivedPublish message)
    {
        var channel = Enum.GetValues<DeviceChannel>().Single(candidate => message.Topic.EndsWith(DeviceTopics.SuffixOf(candidate), StringComparison.Ordinal));
        return new DeviceMessage(channel, message.Payload.ToArray());
    }
}
