using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client;

/// <summary>Something between this client and its server went wrong.</summary>
public abstract class MqttClientException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The server answered CONNECT with a refusal.</summary>
/// <param name="reason">The server's reason code; a return code of MQTT 3.1.1 is translated.</param>
/// <param name="explanation">The server's reason string, or null.</param>
/// <param name="serverReference">Another server that this one names, or null.</param>
public sealed class MqttConnectRefusedException(ReasonCode reason, string? explanation, string? serverReference = null)
    : MqttClientException($"The MQTT server refused the connection: {reason} (0x{(byte)reason:X2}){Describe(explanation)}.")
{
    /// <summary>The server's reason code.</summary>
    public ReasonCode Reason { get; } = reason;

    /// <summary>Another server that this one names (MQTT 5.0 section 4.11), or null.</summary>
    public string? ServerReference { get; } = serverReference;

    /// <summary>Whether trying again may help: the server is busy or away, rather than set against this client.</summary>
    public bool IsTransient => Reason is ReasonCode.ServerUnavailable or ReasonCode.ServerBusy or ReasonCode.ConnectionRateExceeded
        or ReasonCode.ServerShuttingDown or ReasonCode.QuotaExceeded or ReasonCode.UnspecifiedError;

    private static string Describe(string? explanation) => explanation is null ? "" : $", \"{explanation}\"";
}

/// <summary>The server could not be reached, or did not answer CONNECT in time.</summary>
public sealed class MqttUnreachableException(MqttEndPoint endPoint, string why, Exception? inner)
    : MqttClientException($"The MQTT server {endPoint} can not be reached: {why}.", inner);

/// <summary>The server's certificate is not trusted, or the client's own files can not be used. Nothing was sent.</summary>
/// <param name="server">The server's address.</param>
/// <param name="why">What is wrong with the certificate.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class MqttCertificateException(string server, string why, Exception? inner)
    : MqttClientException($"No trusted TLS connection to the MQTT server {server}: {why}.", inner);

/// <summary>The connection ended while something still needed it.</summary>
/// <param name="message">What happened.</param>
/// <param name="reason">The reason code of the server's DISCONNECT; null when there was none.</param>
/// <param name="inner">The cause on this side, or null.</param>
/// <param name="serverReference">Another server that the DISCONNECT names, or null.</param>
public sealed class MqttConnectionLostException(string message, ReasonCode? reason = null, Exception? inner = null, string? serverReference = null)
    : MqttClientException(message, inner)
{
    /// <summary>The reason code of the server's DISCONNECT; null when there was none.</summary>
    public ReasonCode? Reason { get; } = reason;

    /// <summary>Another server that the DISCONNECT names (MQTT 5.0 section 4.11), or null.</summary>
    public string? ServerReference { get; } = serverReference;
}

/// <summary>The server answered a PUBLISH with an error, or has said before that it takes none like it. It will not have the message.</summary>
public sealed class MqttPublishRefusedException(string topic, ReasonCode reason)
    : MqttClientException($"The MQTT server refused a message on '{topic}': {reason} (0x{(byte)reason:X2}).")
{
    /// <summary>The server's reason code.</summary>
    public ReasonCode Reason { get; } = reason;
}

/// <summary>The server refused a topic filter, or has said before that it takes none like it.</summary>
public sealed class MqttSubscribeRefusedException(string filter, ReasonCode reason)
    : MqttClientException($"The MQTT server refused the topic filter '{filter}': {reason} (0x{(byte)reason:X2}).")
{
    /// <summary>The server's reason code.</summary>
    public ReasonCode Reason { get; } = reason;
}
