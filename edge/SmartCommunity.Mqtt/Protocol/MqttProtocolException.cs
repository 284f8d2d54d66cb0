namespace SmartCommunity.Mqtt.Protocol;

/// <summary>The peer broke the protocol. The connection can not go on: the reader has lost its place, or trust in the peer.</summary>
/// <param name="reason">The code to put into DISCONNECT or CONNACK.</param>
/// <param name="statement">The normative statement of MQTT 5.0 that was broken (<c>MQTT-x.x.x-n</c>), or the section where none is numbered.</param>
/// <param name="message">What was wrong, for a log.</param>
public sealed class MqttProtocolException(ReasonCode reason, string statement, string message) : Exception(message)
{
    /// <summary>The code to put into DISCONNECT or CONNACK.</summary>
    public ReasonCode Reason { get; } = reason;

    /// <summary>The normative statement of MQTT 5.0 that was broken, or the section where none is numbered.</summary>
    public string Statement { get; } = statement;
}
