using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SmartCommunity.Simulation.Devices;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>
/// One device at work: its model by the clock, and scripts when the director says so. It waits for each PUBACK, so a slow server slows it down.
/// </summary>
internal sealed class SimulatedDevice : IAsyncDisposable
{
    // A device that the server does not want must not keep the others from connecting.
    private static readonly TimeSpan TurnToConnect = TimeSpan.FromSeconds(5);

    private readonly DeviceConnection _connection;
    private readonly IDeviceModel _model;
    private readonly SeededRandom _random;
    private readonly SeededRandom _pace;
    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly FleetStatistics _statistics;
    private readonly ILogger _logger;
    private readonly Channel<DirectedStep> _steps;
    private volatile DeviceConduct _conduct;

    public SimulatedDevice(
        SimulatedWorld world, DeviceSite site, DeviceConnection connection, FleetOptions options, TimeProvider time, FleetStatistics statistics, ILogger logger)
    {
        Site = site;
        _connection = connection;
        _model = world.ModelOf(site);
        _random = world.RandomOf(site);
        _pace = world.Random.Fork($"pace/{site.Id.Value}");
        _options = options;
        _time = time;
        _statistics = statistics;
        _logger = logger;
        _steps = Channel.CreateBounded<DirectedStep>(new BoundedChannelOptions(options.MaxWaitingSteps) { SingleReader = true });
    }

    public DeviceSite Site { get; }

    /// <summary>Connects, then works until it is cancelled.</summary>
    /// <param name="connecting">Bounds how many connect at a time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RunAsync(SemaphoreSlim connecting, CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _connection.Appear();
            await _connection.WaitUntilConnectedAsync(cancellationToken).WaitAsync(TurnToConnect, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on trying, and the others get their turn.
        }
        finally
        {
            connecting.Release();
        }

        await Task.WhenAll(WorkAsync(cancellationToken), PlayAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Hands a step of a script over.</summary>
    public void Direct(DirectedStep step)
    {
        if (_steps.Writer.TryWrite(step)) return;
        _statistics.AddMissedStep();
        FleetLog.StepMissed(_logger, Site.Id);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        // The first reading comes anywhere in the first interval, so that a fleet does not speak in step.
        var wait = _options.TelemetryInterval * _pace.NextDouble();
        while (true)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            wait = _options.TelemetryInterval * (1 + (_options.TelemetryJitter * _pace.Between(-1, 1)));
            if (_conduct == DeviceConduct.ScriptOnly || !_connection.IsPresent) continue;
            foreach (var message in _model.Step(_time.GetUtcNow(), _random))
            {
                if (_conduct == DeviceConduct.Ordinary || message.Channel == DeviceChannel.Telemetry)
                    await _connection.PublishAsync(message, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        await foreach (var step in _steps.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _conduct = step.Situation.Conduct;
            await ActAsync(step.Act, cancellationToken).ConfigureAwait(false);
            if (step.IsLast) _conduct = DeviceConduct.Ordinary;
        }
    }

    private Task ActAsync(DeviceAct act, CancellationToken cancellationToken)
    {
        switch (act)
        {
            case DeviceAct.Say say:
                return _connection.PublishAsync(say.Make(_time.GetUtcNow()), cancellationToken);
            case DeviceAct.Vanish:
                return _connection.VanishAsync();
            case DeviceAct.ComeBack:
                _connection.Appear();
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }
}
