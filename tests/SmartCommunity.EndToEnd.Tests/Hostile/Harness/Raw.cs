using System.Buffers;
using System.Text;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>Packets as bytes, proper and improper. Without properties given, those of PUBLISH and SUBSCRIBE are of MQTT 5.0 and empty.</summary>
internal static class Raw
{
    /// <summary>packet = first-byte remaining-length body</summary>
    public static byte[] Packet(byte first, params ReadOnlySpan<byte> body)
    {
        Span<byte> length = stackalloc byte[4];
        return [first, .. length[..VariableInt.Write(length, body.Length)], .. body];
    }

    /// <summary>text = two bytes of length, then UTF-8</summary>
    public static byte[] Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return [(byte)(utf8.Length >> 8), (byte)utf8.Length, .. utf8];
    }

    /// <summary>properties = length (variable byte integer), then that many bytes</summary>
    public static byte[] Properties(params ReadOnlySpan<byte> properties)
    {
        Span<byte> length = stackalloc byte[4];
        return [.. length[..VariableInt.Write(length, properties.Length)], .. properties];
    }

    /// <summary>So many user properties of one letter each.</summary>
    public static byte[] UserProperties(int count)
    {
        byte[] one = [0x26, 0, 1, (byte)'k', 0, 1, (byte)'v'];
        return Properties([.. Enumerable.Repeat(one, count).SelectMany(bytes => bytes)]);
    }

    /// <summary>A proper CONNECT.</summary>
    public static byte[] Connect(ConnectPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, packet);
        return output.WrittenSpan.ToArray();
    }

    /// <param name="topic">The topic.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="qos">The QoS; 1 and 2 need a packet identifier.</param>
    /// <param name="packetId">The packet identifier.</param>
    /// <param name="properties">The properties with their length; null for none.</param>
    /// <param name="flags">Further bits of the first byte: 8 is DUP, 1 is RETAIN.</param>
    public static byte[] Publish(string topic, ReadOnlySpan<byte> payload, int qos = 0, ushort packetId = 0, byte[]? properties = null, byte flags = 0)
    {
        byte[] identifier = qos == 0 ? [] : [(byte)(packetId >> 8), (byte)packetId];
        return Packet((byte)(0x30 | (qos << 1) | flags), [.. Text(topic), .. identifier, .. properties ?? [0], .. payload]);
    }

    /// <param name="packetId">The packet identifier.</param>
    /// <param name="filters">The filters, all at QoS 1.</param>
    public static byte[] Subscribe(ushort packetId, params IEnumerable<string> filters) =>
        Packet(0x82, [(byte)(packetId >> 8), (byte)packetId, 0, .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])]);
}
