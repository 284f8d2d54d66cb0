namespace SmartCommunity.Host.Logging;

/// <summary>The log lines of the host; ids 9000 to 9099.</summary>
internal static partial class HostLogs
{
    [LoggerMessage(9000, LogLevel.Warning, "Incident {Incident} could not be told to MQTT subscribers")]
    public static partial void IncidentNotPublished(this ILogger logger, Exception exception, string incident);

    [LoggerMessage(9001, LogLevel.Information, "SmartCommunity listens: HTTP {Http}, MQTT {Mqtt}, MQTT over TLS {Mqtts}; data in {Data}")]
    public static partial void Listening(this ILogger logger, string http, string mqtt, string mqtts, string data);

    [LoggerMessage(9002, LogLevel.Warning, "Sign-ins of {People} people and {Devices} devices were made and written to {File}; hand them out and delete the file")]
    public static partial void Provisioned(this ILogger logger, int people, int devices, string file);

    [LoggerMessage(9003, LogLevel.Error, "The simulated devices stopped")]
    public static partial void FleetStopped(this ILogger logger, Exception exception);
}
