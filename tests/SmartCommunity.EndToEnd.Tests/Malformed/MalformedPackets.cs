using System.Buffers;
using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.EndToEnd.Tests.Malformed;

/// <summary>Packets that end the connection they come on, drawn from a seed.</summary>
/// <remarks>Whole packets only: a server waits for the rest of half a packet, and ends that by its time-outs.</remarks>
internal static class MalformedPackets
{
    // Before anything else was said: it must be a CONNECT, and a proper one.
    private static readonly Func<Random, byte[]>[] First =
    [
        random => [0x10, 0xFF, 0xFF, 0xFF, 0xFF, (byte)random.Next(1, 127)],
        random => [(byte)(0x11 | random.Next(0, 8)), 0x02, 0x00, 0x00],
        random => Packet(0x10, [0x00, 0x04, .. "MQTX"u8, (byte)random.Next(4, 6), 0x02, 0x00, 0x3C, 0x00, 0x00]),
        random => Packet(0x10, [0x00, 0x04, .. "MQTT"u8, (byte)random.Next(6, 255), 0x02, 0x00, 0x3C, 0x00, 0x00]),
        random => Packet(0x10, [0x00, 0x04, .. "MQTT"u8, 0x04, 0x03, 0x00, (byte)random.Next(255), 0x00, 0x00]),
        random => Packet(0x10, [0x00, 0x04, .. "MQTT"u8, 0x04, 0x02, 0x00, 0x3C, 0x00, (byte)random.Next(9, 255), .. "short"u8]),
        random => Packet(0x30, [0x00, 0x01, (byte)'a', .. Noise(random)]),
        random => Packet(0x82, [0x00, 0x01, 0x00, 0x01, (byte)random.Next('a', 'z'), 0x00]),
        _ => [0xC0, 0x00],
        random => Packet((byte)(0x00 | random.Next(16)), Noise(random)),
        _ => "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(),
    ];

    // Behind a good sign-in.
    private static readonly Func<Random, byte[]>[] Later =
    [
        random => Packet(0x36, [0x00, 0x01, (byte)'a', 0x00, 0x01, .. Noise(random)]),
        random => Packet(0x32, [0x00, 0x01, (byte)'a', 0x00, 0x00, .. Noise(random)]),
        random => Packet(0x30, [0x00, 0x02, (byte)'a', (byte)(random.Next(2) == 0 ? '#' : '+'), 0x00, .. Noise(random)]),
        _ => Packet(0x30, [0x00, 0x02, 0xC3, 0x28, 0x00]),
        random => Packet(0x30, [0xFF, (byte)random.Next(255), (byte)'a']),
        random => Packet((byte)(0x80 | (random.Next(0, 2) * 4)), [0x00, 0x01, 0x00, 0x00, 0x01, (byte)'a', 0x00]),
        _ => Packet(0x82, [0x00, 0x01, 0x00]),
        random => Packet(0x82, [0x00, 0x01, 0x00, 0x00, 0x01, (byte)'a', (byte)(0xC0 | random.Next(64))]),
        _ => [0xC0, 0x01, 0x00],
        random => Packet((byte)(0xF1 | random.Next(0, 15)), Noise(random)),
        random => [0x30, 0xFF, 0xFF, 0xFF, 0xFF, (byte)random.Next(1, 127)],
        _ => Packet(0x20, [0x00, 0x00, 0x00]),
    ];

    /// <param name="seed">The same seed draws the same packets.</param>
    /// <param name="count">How many.</param>
    /// <returns>The packets, and whether each comes behind a sign-in.</returns>
    public static List<(bool SignedIn, byte[] Bytes)> Of(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(n => n % 2 == 0 ? (false, First[n / 2 % First.Length](random)) : (true, Later[n / 2 % Later.Length](random))),
        ];
    }

    /// <summary>A proper CONNECT.</summary>
    public static byte[] SignIn(string device, string token, string clientId)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, new ConnectPacket { Version = MqttVersion.V500, ClientId = clientId, UserName = device, Password = Encoding.UTF8.GetBytes(token) });
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Packet(byte first, byte[] body) => [first, (byte)body.Length, .. body];

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 60)];
        random.NextBytes(bytes);
        return bytes;
    }
}
