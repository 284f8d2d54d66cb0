using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Packets;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>
/// The client's part of the session state (MQTT 5.0 section 4.1): what it publishes and what it has received at QoS 2. It outlives connections when its
/// owner comes back.
/// </summary>
/// <param name="maxInFlight">The most publishes in flight.</param>
internal sealed class ClientSession(int maxInFlight)
{
    public PublishWindow Window { get; } = new(maxInFlight);

    public ReceivedIds Received { get; } = new();

    /// <summary>Starts a connection; what the server has forgotten is forgotten here.</summary>
    /// <returns>The number of the connection, for the window.</returns>
    public int Start(ConnAckPacket connAck)
    {
        if (!connAck.SessionPresent)
        {
            Received.Clear();
            // The server had these messages, and said so; sent again, they would be there twice.
            foreach (var done in Window.TakeReceived()) done.Outcome.Acknowledged(done.SentAt, done.Reason);
        }

        return Window.StartConnection(connAck.ReceiveMaximum ?? ushort.MaxValue);
    }
}
