using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>
/// Hears what became of QoS 1 publishes that were started with <see cref="MqttClient.TryPublish"/>. One object can serve any number of
/// them, so that a load of messages allocates nothing per message. Called on the receiving loop: it must be quick and must not throw.
/// </summary>
public interface IPublishOutcome
{
    /// <summary>The PUBACK came.</summary>
    /// <param name="sentAt">When the message was given to the client: a time stamp of the client's <see cref="TimeProvider"/>.</param>
    /// <param name="reason">What the server answered; an error means that it refused the message.</param>
    void Acknowledged(long sentAt, ReasonCode reason);

    /// <summary>The connection ended before the PUBACK: the server may have the message or not.</summary>
    /// <param name="cause">Why the connection ended.</param>
    void Lost(Exception cause);
}
