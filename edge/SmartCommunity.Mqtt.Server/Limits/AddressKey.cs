using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// What counts as one address: an IPv4 address, or the /64 of an IPv6 address, because that is what one subscriber gets. An IPv4 address inside an IPv6
/// one (dual-stack sockets) is the IPv4 address.
/// </summary>
internal readonly record struct AddressKey(ulong Prefix, bool IsV6)
{
    public static AddressKey Of(EndPoint? remote) => remote is IPEndPoint { Address: var address } ? Of(address) : default;

    public static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out _)) return default;
        if (address.AddressFamily == AddressFamily.InterNetwork) return new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
        return address.IsIPv4MappedToIPv6
            ? new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), false)
            : new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), true);
    }
}
