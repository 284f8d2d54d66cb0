using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server;

/// <summary>A signed-in connection, as it is at the moment of asking.</summary>
/// <param name="ClientId">The MQTT client identifier.</param>
/// <param name="Name">The device id or account name.</param>
/// <param name="Kind">What sort of client it is.</param>
/// <param name="Address">Where it comes from: IP address and port.</param>
/// <param name="Version">The protocol that it speaks.</param>
/// <param name="Since">When the socket was accepted.</param>
/// <param name="MessagesIn">Messages that it published on this connection.</param>
/// <param name="MessagesOut">Messages that were written to it on this connection.</param>
/// <param name="Queued">Messages that wait for it or are in flight to it.</param>
public sealed record ConnectionInfo(
    string ClientId, string Name, ClientKind Kind, string Address, MqttVersion Version, DateTimeOffset Since, long MessagesIn, long MessagesOut, int Queued);
