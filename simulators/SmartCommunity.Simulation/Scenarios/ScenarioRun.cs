using Microsoft.Extensions.Logging;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>
/// Plays a scenario against a running system and scores it. The system should not simulate the same devices itself (<c>demo --devices 0</c>): two
/// clients of one device push each other out.
/// </summary>
/// <param name="scenario">What to play.</param>
/// <param name="demo">Where the system is, and the sign-ins.</param>
/// <param name="seed">Equal seeds play the same.</param>
/// <param name="time">The source of time.</param>
/// <param name="logger">Takes what the fleet says.</param>
public sealed class ScenarioRun(Scenario scenario, DemoFile demo, ulong seed, TimeProvider time, ILogger<FleetRunner> logger)
{
    // Finer than the goal of 100 ms, and coarse enough to be no load of its own.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(30);
    private readonly List<Expectation> _expectations = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<SeenIncident> _unexplained = [];

    /// <summary>Plays and scores.</summary>
    /// <param name="tell">Gets a line for each thing that happens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FormatException">The scenario does not fit the community; the message says where.</exception>
    /// <exception cref="HttpRequestException">The system can not be reached or refuses.</exception>
    public async Task<ScenarioScore> RunAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        using var system = await RunningSystem.SignInAsync(demo, cancellationToken).ConfigureAwait(false);
        var community = demo.Devices[0].Community;
        var snapshot = await system.ReadCommunityAsync(community, cancellationToken).ConfigureAwait(false);
        var world = SimulatedWorld.Of(snapshot, seed);
        var situations = ScenarioCast.Choose(scenario, world);
        var fleet = NewFleet(world, situations);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var playing = fleet.RunAsync(stop.Token);
        try
        {
            await WaitForFleetAsync(fleet, playing, cancellationToken).ConfigureAwait(false);
            await PlayAsync(system, community, fleet, situations, tell, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await playing.ConfigureAwait(false);
        }

        var cast = fleet.Sites.Select(site => site.Id.Value).ToHashSet(StringComparer.Ordinal);
        return ScenarioScore.Of(scenario.Name, seed, _expectations, [.. _unexplained.Where(incident => incident.Devices.Any(cast.Contains))]);
    }

    private FleetRunner NewFleet(SimulatedWorld world, IReadOnlyList<(TimeSpan At, Situation Situation)> situations)
    {
        var needed = situations.Select(item => item.Situation.Site.Id).ToHashSet();
        var others = world.Sites.Where(site => !needed.Contains(site.Id)).ToList();
        var chosen = FleetSelection.Choose(others, scenario.Devices).Select(site => site.Id).Concat(needed).ToHashSet();
        var tokens = demo.Devices
            .Where(device => chosen.Contains(DeviceId.Parse(device.Id)))
            .ToDictionary(device => DeviceId.Parse(device.Id), device => device.Token);
        var options = new FleetOptions
        {
            Host = demo.Mqtt.Host,
            Port = demo.Mqtt.Port,
            DirectorTick = TimeSpan.FromMilliseconds(10),
            Situations = new DirectorOptions { Interval = TimeSpan.Zero },
        };
        return new FleetRunner(world, options, tokens, time, logger);
    }

    private async Task WaitForFleetAsync(FleetRunner fleet, Task playing, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (fleet.Statistics.Connected < fleet.Sites.Count)
        {
            if (playing.IsCompleted) await playing.ConfigureAwait(false);
            if (time.GetElapsedTime(started) > ToConnect)
                throw new TimeoutException($"Only {fleet.Statistics.Connected} of {fleet.Sites.Count} devices connected within {ToConnect.TotalSeconds} s.");
            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PlayAsync(
        RunningSystem system,
        string community,
        FleetRunner fleet,
        IReadOnlyList<(TimeSpan At, Situation Situation)> situations,
        Action<string> tell,
        CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        var before = await system.ListIncidentsAsync(community, start.AddMinutes(-1), cancellationToken).ConfigureAwait(false);
        _known.UnionWith(before.Select(incident => incident.Id));

        var next = 0;
        var end = start + situations.Max(item => item.At + item.Situation.Duration);
        while (true)
        {
            var now = time.GetUtcNow();
            for (; next < situations.Count && start + situations[next].At <= now; next++) Begin(fleet, situations[next].Situation, now, start, tell);
            await LookAsync(system, community, start, tell, cancellationToken).ConfigureAwait(false);
            var open = _expectations.Where(expectation => expectation.Match is null).ToList();
            var waited = open.All(expectation => now > expectation.DueAt + scenario.Patience);
            if (next == situations.Count && waited && now > end + TimeSpan.FromSeconds(1)) return;
            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Begin(FleetRunner fleet, Situation situation, DateTimeOffset now, DateTimeOffset start, Action<string> tell)
    {
        fleet.Start(situation);
        _expectations.AddRange(situation.Expected.Select(expected => new Expectation(situation, expected, now)));
        tell($"{now - start:mm\\:ss\\.f}  {situation.Kind} at {situation.Site.Id}");
    }

    private async Task LookAsync(RunningSystem system, string community, DateTimeOffset start, Action<string> tell, CancellationToken cancellationToken)
    {
        var incidents = await system.ListIncidentsAsync(community, start.AddMinutes(-1), cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        foreach (var incident in incidents.Where(incident => _known.Add(incident.Id)))
        {
            var line = $"{now - start:mm\\:ss\\.f}  {incident.Severity} {incident.Kind} {incident.Id}";
            if (_expectations.FirstOrDefault(expectation => expectation.Match is null && expectation.Fits(incident)) is { } expectation)
            {
                expectation.Found(incident, now);
                tell($"{line}, {expectation.Delay!.Value.TotalMilliseconds:0} ms after it was due");
            }
            else
            {
                _unexplained.Add(incident);
                tell($"{line} was not expected");
            }
        }
    }
}
