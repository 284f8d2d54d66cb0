using Microsoft.Extensions.Logging;
using SmartCommunity.Events.Ids;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>A fleet of simulated devices over real MQTT connections, one each, with situations now and then. Run it once.</summary>
public sealed class FleetRunner
{
    private readonly SimulatedWorld _world;
    private readonly FleetOptions _options;
    private readonly IReadOnlyDictionary<DeviceId, string> _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SituationDirector _director;
    private readonly Lock _directorGate = new();

    /// <summary>Makes a fleet.</summary>
    /// <param name="world">The community and the seed.</param>
    /// <param name="options">Where to connect and how often to speak; checked.</param>
    /// <param name="tokens">The token of every device; a device without one is left out.</param>
    /// <param name="time">The source of time.</param>
    /// <param name="logger">Takes what happens.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public FleetRunner(
        SimulatedWorld world, FleetOptions options, IReadOnlyDictionary<DeviceId, string> tokens, TimeProvider time, ILogger<FleetRunner> logger)
    {
        options.Check();
        Sites = FleetSelection.Choose([.. world.Sites.Where(site => tokens.ContainsKey(site.Id))], options.Devices);
        _world = new SimulatedWorld(Sites, world.Rules, world.Clock, world.Random.Seed);
        _options = options;
        _tokens = tokens;
        _time = time;
        _logger = logger;
        _director = new SituationDirector(_world, options.Situations);
    }

    /// <summary>The devices that are simulated.</summary>
    public IReadOnlyList<DeviceSite> Sites { get; }

    /// <summary>What has happened so far.</summary>
    public FleetStatistics Statistics { get; } = new();

    /// <summary>Starts a situation by hand, at the next tick; its device must be one of <see cref="Sites"/>.</summary>
    public void Start(Situation situation)
    {
        lock (_directorGate) _director.Start(situation, _time.GetUtcNow());
    }

    /// <summary>Connects all devices and lets them work until it is cancelled, which it then returns from without an exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        FleetLog.Starting(_logger, Sites.Count, _world.Random.Seed, _options.Host, _options.Port);
        var devices = Sites.Select(NewDevice).ToDictionary(device => device.Site.Id);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var connecting = new SemaphoreSlim(_options.ConnectsAtOnce);
        var work = devices.Values.Select(device => device.RunAsync(connecting, stop.Token)).Append(DirectAsync(devices, stop.Token)).ToList();
        try
        {
            // They end only when they are cancelled, or by a fault, which then ends all of them.
            await (await Task.WhenAny(work).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(devices.Values.Select(device => device.DisposeAsync().AsTask())).ConfigureAwait(false);
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private SimulatedDevice NewDevice(DeviceSite site)
    {
        var jitterSeed = unchecked((int)Hashing.Of(site.Id.Value));
        var connection = new DeviceConnection(site.Id, _tokens[site.Id], _options, _time, jitterSeed, Statistics, _logger);
        return new SimulatedDevice(_world, site, connection, _options, _time, Statistics, _logger);
    }

    private async Task DirectAsync(Dictionary<DeviceId, SimulatedDevice> devices, CancellationToken cancellationToken)
    {
        if (devices.Count == 0) await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(_options.DirectorTick, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var step in DueSteps())
            {
                if (step.IsFirst) Announce(step);
                devices[step.Situation.Site.Id].Direct(step);
            }
        }
    }

    private IReadOnlyList<DirectedStep> DueSteps()
    {
        lock (_directorGate) return _director.Step(_time.GetUtcNow());
    }

    private void Announce(DirectedStep step)
    {
        Statistics.AddSituation();
        FleetLog.SituationStarted(_logger, step.Situation.Kind, step.Situation.Site.Id, step.Situation.Expected.Length);
        _options.Started?.Invoke(step.Situation, step.At);
    }
}
