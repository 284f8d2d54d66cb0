using Microsoft.Extensions.Logging;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>What the bridges log. Event ids 3200 to 3249.</summary>
internal static partial class BridgeLogs
{
    [LoggerMessage(3200, LogLevel.Information,
        "Bridge {Bridge} is connected to {Address} with MQTT {Version} (session resumed: {Resumed}; {Held} such lines held back)")]
    internal static partial void BridgeConnected(this ILogger logger, string bridge, string address, string version, bool resumed, long held);

    [LoggerMessage(3201, LogLevel.Warning, "Bridge {Bridge} has no connection to {Address}: {Reason} (next try in {Delay}; {Held} such lines held back)")]
    internal static partial void BridgeLost(this ILogger logger, string bridge, string address, string reason, TimeSpan delay, long held);

    [LoggerMessage(3202, LogLevel.Error, "Bridge {Bridge} could not subscribe: {Reason} (it tries again; {Held} such lines held back)")]
    internal static partial void BridgeNotSubscribed(this ILogger logger, string bridge, string reason, long held);

    [LoggerMessage(3203, LogLevel.Error, "Bridge {Bridge} waits, because the journal takes nothing: {Reason} ({Held} such lines held back)")]
    internal static partial void BridgeWaits(this ILogger logger, string bridge, string reason, long held);

    [LoggerMessage(3204, LogLevel.Warning, "The password file of bridge {Bridge} can not be read, and its last password is used: {Reason} ({Held} such lines held back)")]
    internal static partial void BridgePasswordUnread(this ILogger logger, string bridge, string reason, long held);

    [LoggerMessage(3205, LogLevel.Critical, "Bridge {Bridge} failed for a reason that nobody thought of; it starts anew")]
    internal static partial void BridgeFailed(this ILogger logger, Exception reason, string bridge);
}
