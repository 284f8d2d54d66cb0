using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>The next thing to write to a subscriber.</summary>
/// <param name="Delivery">The message; not set for a PUBREL.</param>
/// <param name="PacketId">Its packet identifier; 0 at QoS 0.</param>
/// <param name="Duplicate">Whether it may have been sent before.</param>
/// <param name="IsRelease">Whether a PUBREL is to be written instead of a PUBLISH.</param>
internal readonly record struct OutgoingPacket(Delivery Delivery, ushort PacketId, bool Duplicate, bool IsRelease);
