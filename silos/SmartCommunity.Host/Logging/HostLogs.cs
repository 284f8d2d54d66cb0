using SmartCommunity.Host.Edge.SignIn;

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

    [LoggerMessage(9010, LogLevel.Warning, "MQTT sign-in from {Address} refused: {Reason}, {Name}; {HeldBack} more were not written")]
    public static partial void MqttSignInRefused(this ILogger logger, string address, SignInRefusal reason, string name, long heldBack);

    [LoggerMessage(9011, LogLevel.Error, "The accounts file {File} lets nobody in until it is mended: {Problem}")]
    public static partial void AccountsFileBroken(this ILogger logger, string file, string problem);

    [LoggerMessage(9012, LogLevel.Information, "The accounts file {File} was read: {Accounts} accounts, {Tokens} tokens")]
    public static partial void AccountsFileRead(this ILogger logger, string file, int accounts, int tokens);

    [LoggerMessage(9013, LogLevel.Information, "{Tokens} MQTT tokens expired")]
    public static partial void TokensExpired(this ILogger logger, int tokens);

    [LoggerMessage(9014, LogLevel.Warning, "The store of MQTT credentials is not available; what was to be done is tried again")]
    public static partial void CredentialsNotKept(this ILogger logger, Exception exception);

    [LoggerMessage(9015, LogLevel.Warning, "Accounts of the accounts file are passed over, because the store has accounts of the same names: {Names}")]
    public static partial void AccountsShadowed(this ILogger logger, string names);
}
