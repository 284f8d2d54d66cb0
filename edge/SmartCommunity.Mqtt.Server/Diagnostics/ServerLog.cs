using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Diagnostics;

/// <summary>What the endpoint logs. Event ids 2000 to 2099. Lines that a client can cause have a bounded rate.</summary>
internal sealed partial class ServerLog(ILogger<MqttEndpoint> logger, TimeProvider time, MqttServerOptions options)
{
    private readonly LogGate _refused = new(time, options.LogLinesPerSecond);
    private readonly LogGate _closed = new(time, options.LogLinesPerSecond);
    private readonly LogGate _denied = new(time, options.LogLinesPerSecond);
    private readonly LogGate _failed = new(time, options.LogLinesPerSecond);

    /// <summary>A client was refused at CONNECT.</summary>
    public void Refused(string address, string clientId, string userName, byte reason, string why)
    {
        if (_refused.TryPass(out var held)) LogRefused(logger, address, clientId, userName, reason, why, held);
    }

    /// <summary>A connection ended in another way than by DISCONNECT or by its socket.</summary>
    public void Closed(string address, string clientId, Connections.CloseReason reason)
    {
        if (_closed.TryPass(out var held))
            LogClosed(logger, address, clientId, reason.Cause.ToString(), (byte)(reason.Code ?? ReasonCode.Success), reason.Statement, reason.Message, held);
    }

    public void PublishDenied(string client, string topic)
    {
        if (_denied.TryPass(out var held)) LogPublishDenied(logger, client, topic, held);
    }

    public void SubscribeDenied(string client, string filter)
    {
        if (_denied.TryPass(out var held)) LogSubscribeDenied(logger, client, filter, held);
    }

    public void WillNotStored(string clientId, Exception failure)
    {
        if (_failed.TryPass(out var held)) LogWillNotStored(logger, clientId, held, failure);
    }

    public void Unexpected(string address, Exception failure)
    {
        if (_failed.TryPass(out var held)) LogUnexpected(logger, address, held, failure);
    }

    [LoggerMessage(2000, LogLevel.Warning,
        "Refused {Address}, client {ClientId}, user {UserName}: 0x{Reason:X2}, {Why} ({Held} such lines held back)")]
    private static partial void LogRefused(ILogger logger, string address, string clientId, string userName, byte reason, string why, long held);

    [LoggerMessage(2002, LogLevel.Information,
        "Closed {Address}, client {ClientId}: {Cause} 0x{Code:X2} [{Statement}] {Message} ({Held} such lines held back)")]
    private static partial void LogClosed(
        ILogger logger, string address, string clientId, string cause, byte code, string statement, string message, long held);

    [LoggerMessage(2003, LogLevel.Warning, "{Client} may not publish to {Topic} ({Held} such lines held back)")]
    private static partial void LogPublishDenied(ILogger logger, string client, string topic, long held);

    [LoggerMessage(2004, LogLevel.Warning, "{Client} may not subscribe to {Filter} ({Held} such lines held back)")]
    private static partial void LogSubscribeDenied(ILogger logger, string client, string filter, long held);

    [LoggerMessage(2005, LogLevel.Error, "The will of client {ClientId} could not be stored ({Held} such lines held back)")]
    private static partial void LogWillNotStored(ILogger logger, string clientId, long held, Exception failure);

    [LoggerMessage(2006, LogLevel.Error, "Serving {Address} failed ({Held} such lines held back)")]
    private static partial void LogUnexpected(ILogger logger, string address, long held, Exception failure);
}
