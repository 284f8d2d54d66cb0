using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Events.Ids;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Simulation.Tests.Fleet;

public sealed class FleetRunnerTests
{
    private static readonly FleetOptions Quick = new()
    {
        TelemetryInterval = TimeSpan.FromMilliseconds(30),
        DirectorTick = TimeSpan.FromMilliseconds(10),
        Situations = new DirectorOptions { Interval = TimeSpan.Zero },
    };

    [Fact]
    public async Task A_device_signs_in_as_itself_says_online_and_publishes_readings()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var fleet = Running.Start(peer, Quick, "lift-monitor-b1");
        var server = await peer.AcceptAsync();
        var connect = await server.ExpectConnectAsync();
        (connect.ClientId, connect.UserName, connect.CleanStart).ShouldBe(("lift-monitor-b1", "lift-monitor-b1", false));
        System.Text.Encoding.UTF8.GetString(connect.Password!).ShouldBe("token of lift-monitor-b1");
        (connect.Will!.Topic, Text(connect.Will.Payload), connect.Will.Retain).ShouldBe(("sc/v1/lift-monitor-b1/status", "offline", true));
        await server.SendAsync(new ConnAckPacket());

        var birth = await TakeAsync(server);
        (birth.Topic!.Text, Text(birth.Payload)).ShouldBe(("sc/v1/lift-monitor-b1/status", "online"));
        (birth.Retain, birth.Qos).ShouldBe((true, QualityOfService.AtLeastOnce));
        for (var i = 0; i < 3; i++)
        {
            var reading = await TakeAsync(server);
            reading.Topic!.Text.ShouldBe("sc/v1/lift-monitor-b1/telemetry");
            Text(reading.Payload).ShouldContain("lift-floor");
        }
    }

    [Fact]
    public async Task A_server_that_does_not_acknowledge_slows_the_device_down()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var fleet = Running.Start(peer, Quick with { TelemetryInterval = TimeSpan.FromMilliseconds(1) }, "lift-monitor-b1");
        var server = await peer.AcceptAndWelcomeAsync();
        await TakeAsync(server);
        var unanswered = await server.ExpectPublishAsync();
        // Fifty intervals later there is still that one message only.
        var next = server.NextAsync();
        (await Task.WhenAny(next, Task.Delay(50))).ShouldNotBe(next);
        await server.AcknowledgeAsync(unanswered.PacketId);
        (await next)!.Value.Type.ShouldBe(PacketType.Publish);
    }

    [Fact]
    public async Task A_device_that_loses_its_power_says_nothing_and_comes_back()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var fleet = Running.Start(peer, Quick, "lift-monitor-b1");
        var server = await peer.AcceptAndWelcomeAsync();
        await TakeAsync(server);
        fleet.Play("device-offline", TimeSpan.FromMilliseconds(100));
        while (await server.NextAsync() is { } frame)
        {
            frame.Type.ShouldBe(PacketType.Publish, "no goodbye");
            var id = new SmartCommunity.Mqtt.Reading.PacketReader(MqttVersion.V500, ReadLimits.Default).ReadPublish(in frame).PacketId;
            // It may have vanished before this PUBACK.
            await Record.ExceptionAsync(() => server.AcknowledgeAsync(id));
        }

        var again = await peer.AcceptAndWelcomeAsync(sessionPresent: true);
        Text((await TakeAsync(again)).Payload).ShouldBe("online");
    }

    [Fact]
    public async Task While_a_script_speaks_for_a_device_its_model_is_silent()
    {
        await using var peer = ScriptedPeer.Listen();
        await using var fleet = Running.Start(peer, Quick, "smoke-detector-b1");
        var server = await peer.AcceptAndWelcomeAsync();
        await TakeAsync(server);
        Text((await TakeAsync(server)).Payload).ShouldContain("battery");
        fleet.Play("smoke", TimeSpan.FromMilliseconds(40));

        var said = new List<string>();
        while (said.Count(text => text.Contains("\"active\":false", StringComparison.Ordinal)) == 0) said.Add(Text((await TakeAsync(server)).Payload));
        var script = said.SkipWhile(text => text.Contains("battery", StringComparison.Ordinal)).ToList();
        script.ShouldContain(text => text.Contains("\"active\":true", StringComparison.Ordinal));
        script.ShouldAllBe(text => !text.Contains("battery", StringComparison.Ordinal));
        while (!Text((await TakeAsync(server)).Payload).Contains("battery", StringComparison.Ordinal))
        {
            // The model speaks again once the script is over.
        }
    }

    [Fact]
    public void A_small_fleet_has_something_of_everything()
    {
        var sites = TestCommunity.World().Sites;
        var kinds = sites.Select(site => site.Kind).Distinct().Count();
        FleetSelection.Choose(sites, kinds).Select(site => site.Kind).ShouldBeUnique();
        FleetSelection.Choose(sites, 0).ShouldBeEmpty();
        FleetSelection.Choose(sites, 10_000).ShouldBe(sites);
    }

    private static string Text(ReadOnlyMemory<byte> payload) => System.Text.Encoding.UTF8.GetString(payload.Span);

    private static async Task<PublishPacket> TakeAsync(PeerConnection server)
    {
        var packet = await server.ExpectPublishAsync();
        await server.AcknowledgeAsync(packet.PacketId);
        return packet;
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ScriptedPeer _peer;
        private readonly FleetRunner _fleet;
        private readonly Task _running;

        private Running(ScriptedPeer peer, FleetRunner fleet)
        {
            _peer = peer;
            _fleet = fleet;
            _running = fleet.RunAsync(_stop.Token);
        }

        public static Running Start(ScriptedPeer peer, FleetOptions options, params string[] devices) => new(peer, new FleetRunner(
            TestCommunity.World(),
            options with { Port = peer.Port },
            devices.ToDictionary(DeviceId.Parse, device => $"token of {device}"),
            TimeProvider.System,
            NullLogger<FleetRunner>.Instance));

        /// <summary>Plays a situation with all its steps one after the other in that distance.</summary>
        public void Play(string kind, TimeSpan distance)
        {
            var situation = SituationCatalogue.Find(kind)!.Write(_fleet.Sites[0], TestCommunity.World().Rules, new SeededRandom(1));
            _fleet.Start(situation with { Steps = [.. situation.Steps.Select((step, index) => step with { At = distance * index })] });
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            // A goodbye waits for the server to close.
            await _peer.DisposeAsync();
            await _running.WaitAsync(PeerConnection.Patience);
        }
    }
}
