using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Logging;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Host.Hosting;

/// <summary>The simulated devices of a demo: real MQTT clients that happen to live in this process.</summary>
internal sealed class SimulatedFleet(CommunityDirectory directory, TimeProvider time, ILogger<FleetRunner> fleetLogger, ILogger<SimulatedFleet> logger) : BackgroundService
{
    private readonly TaskCompletionSource<(DemoFile File, DemoMode Mode)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins, once the endpoint listens.</summary>
    public void Start(DemoFile file, DemoMode mode) => _started.TrySetResult((file, mode));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (file, mode) = await _started.Task.WaitAsync(stoppingToken);
            if (mode.Devices > 0)
            {
                await Task.WhenAll(directory.Communities.Select(community => RunAsync(community, file, mode, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops, or something else did not start: neither is the fleet's failure.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A demo goes on without its simulated devices: what people publish by hand still works.
            logger.FleetStopped(exception);
        }
    }

    private Task RunAsync(CommunitySnapshot community, DemoFile file, DemoMode mode, CancellationToken cancellationToken)
    {
        var options = new FleetOptions { Host = file.Mqtt.Host, Port = file.Mqtt.Port, Devices = mode.Devices };
        var tokens = file.Devices.ToDictionary(device => DeviceId.Parse(device.Id), device => device.Token);
        var world = SimulatedWorld.Of(community, (ulong)mode.Seed);
        return new FleetRunner(world, options, tokens, time, fleetLogger).RunAsync(cancellationToken);
    }
}
