using Microsoft.Extensions.Logging;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>What a fleet logs. Event ids 7000 to 7099.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(7000, LogLevel.Information, "Simulating {Devices} devices with seed {Seed} against {Host}:{Port}.")]
    public static partial void Starting(ILogger logger, int devices, ulong seed, string host, int port);

    [LoggerMessage(7001, LogLevel.Information, "Situation {Kind} at {Device}; {Incidents} incidents are expected of it.")]
    public static partial void SituationStarted(ILogger logger, string kind, DeviceId device, int incidents);

    [LoggerMessage(7002, LogLevel.Debug, "{Device} has no connection and tries again in {Delay}: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, DeviceId device, TimeSpan delay, string reason);

    [LoggerMessage(7003, LogLevel.Warning, "The server refused a message of {Device}: {Reason}")]
    public static partial void MessageRefused(ILogger logger, DeviceId device, string reason);

    [LoggerMessage(7004, LogLevel.Warning, "{Device} is still busy; a step of its script was left out.")]
    public static partial void StepMissed(ILogger logger, DeviceId device);
}
