using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>What a connection knows once its client has signed in.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Version">The protocol that it speaks.</param>
/// <param name="Session">Its session.</param>
/// <param name="Reader">Reads its packets.</param>
/// <param name="AskedExpiry">The session expiry of its CONNECT in seconds; 0 forbids a longer one in DISCONNECT.</param>
internal sealed record SignedIn(ClientIdentity Identity, MqttVersion Version, Session Session, PacketReader Reader, uint AskedExpiry);
