using System.Buffers;
using System.Text.Json;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Tests;

/// <summary>Whole packets as bytes, each valid in its version and written the shortest way, with what they say.</summary>
public static class Corpus
{
    public static readonly (string Name, MqttVersion Version, string Hex)[] Entries =
    [
        // MQTT 3.1.1 figure 3.6: clean session, will, user, password, keep alive 10.
        ("connect-311", MqttVersion.V311, "10 1C 0004 4D515454 04 EE 000A 0001 63 0002 772F 0001 78 0001 75 0003 00FF70"),
        ("connect-311-bare", MqttVersion.V311, "10 0C 0004 4D515454 04 02 0000 0000"),
        // MQTT 5.0 section 3.1.2.11: session expiry 10, receive maximum 3; will with delay 7 and content type.
        ("connect-500", MqttVersion.V500, "10 28 0004 4D515454 05 06 003C 08 11 0000000A 21 0003 0001 63 0A 18 00000007 03 0002 7465 0001 74 0002 6869"),
        ("connack-311", MqttVersion.V311, "20 02 01 00"),
        ("connack-311-refused", MqttVersion.V311, "20 02 00 04"),
        ("connack-500", MqttVersion.V500, "20 0D 00 00 0A 21 0014 24 01 12 0002 6964"),
        ("publish-qos0", MqttVersion.V311, "30 07 0003 612F62 6869"),
        // MQTT 3.1.1 figure 3.11: topic a/b, packet id 10.
        ("publish-qos1", MqttVersion.V311, "32 09 0003 612F62 000A 6869"),
        ("publish-empty-payload", MqttVersion.V311, "31 05 0003 612F62"),
        ("publish-qos2-dup-retain", MqttVersion.V500, "3D 0A 0003 612F62 000A 00 6869"),
        ("publish-alias-only", MqttVersion.V500, "30 06 0000 03 23 0001"),
        ("publish-properties", MqttVersion.V500,
            "30 2B 0001 74 26 01 01 02 0000003C 03 0002 6A73 08 0001 72 09 0002 0102 26 0001 6B 0001 76 26 0001 6B 0001 77 0B 81 01 78"),
        ("puback-311", MqttVersion.V311, "40 02 000A"),
        ("puback-500", MqttVersion.V500, "40 03 000A 10"),
        ("puback-500-details", MqttVersion.V500, "40 09 000A 87 05 1F 0002 6E6F"),
        ("pubrec", MqttVersion.V500, "50 02 0001"),
        ("pubrel", MqttVersion.V311, "62 02 0001"),
        ("pubcomp-not-found", MqttVersion.V500, "70 03 0001 92"),
        // MQTT 3.1.1 figure 3.23: a/b at QoS 1, c/d at QoS 2.
        ("subscribe-311", MqttVersion.V311, "82 0E 000A 0003 612F62 01 0003 632F64 02"),
        ("subscribe-500", MqttVersion.V500, "82 0C 000A 02 0B 07 0004 2B2F782F 2D"),
        ("suback-311", MqttVersion.V311, "90 05 000A 00 02 80"),
        ("suback-500", MqttVersion.V500, "90 05 000A 00 01 87"),
        ("unsubscribe-311", MqttVersion.V311, "A2 0C 000A 0003 612F62 0003 632F64"),
        ("unsubscribe-500", MqttVersion.V500, "A2 06 000A 00 0001 23"),
        ("unsuback-311", MqttVersion.V311, "B0 02 000A"),
        ("unsuback-500", MqttVersion.V500, "B0 05 000A 00 00 11"),
        ("pingreq", MqttVersion.V311, "C0 00"),
        ("pingresp", MqttVersion.V311, "D0 00"),
        ("disconnect", MqttVersion.V311, "E0 00"),
        ("disconnect-will", MqttVersion.V500, "E0 01 04"),
        ("disconnect-500", MqttVersion.V500, "E0 0C 8B 0A 11 00000005 1F 0002 6279"),
        ("auth", MqttVersion.V500, "F0 0B 18 09 15 0001 6D 16 0002 0001"),
    ];

    public static TheoryData<string> Names => [.. Entries.Select(e => e.Name)];

    public static (MqttVersion Version, byte[] Bytes) Get(string name)
    {
        var entry = Entries.Single(e => e.Name == name);
        return (entry.Version, Hex(entry.Hex));
    }

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Reads one whole packet; throws what the readers throw.</summary>
    public static object Read(byte[] bytes, MqttVersion version, ReadLimits? limits = null)
    {
        using var frames = new FrameReader(int.MaxValue);
        frames.Load(new ReadOnlySequence<byte>(bytes));
        frames.TryRead(out var frame).ShouldBeTrue();
        frame.Size.ShouldBe(bytes.Length);
        return Read(frame, version, limits);
    }

    /// <summary>Reads the packet of a frame.</summary>
    public static object Read(Frame frame, MqttVersion version, ReadLimits? limits = null)
    {
        var reader = new PacketReader(version, limits ?? ReadLimits.Default);
        switch (frame.Type)
        {
            case PacketType.Connect: return PacketReader.ReadConnect(frame, limits ?? ReadLimits.Default);
            case PacketType.ConnAck: return reader.ReadConnAck(frame);
            case PacketType.Publish: return reader.ReadPublish(frame);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp: return reader.ReadAck(frame);
            case PacketType.Subscribe: return reader.ReadSubscribe(frame);
            case PacketType.SubAck: return reader.ReadSubAck(frame);
            case PacketType.Unsubscribe: return reader.ReadUnsubscribe(frame);
            case PacketType.UnsubAck: return reader.ReadUnsubAck(frame);
            case PacketType.Disconnect: return reader.ReadDisconnect(frame);
            case PacketType.Auth: return reader.ReadAuth(frame);
            default:
                PacketReader.CheckPing(frame);
                return frame.Type;
        }
    }

    /// <summary>Writes a packet that <see cref="Read(byte[], MqttVersion, ReadLimits)"/> or a test made.</summary>
    public static byte[] Write(object packet, MqttVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        switch (packet)
        {
            case ConnectPacket p: PacketWriter.Write(output, p); break;
            case ConnAckPacket p: PacketWriter.Write(output, version, p); break;
            case PublishPacket p: WritePublish(output, version, p); break;
            case AckPacket p: PacketWriter.Write(output, version, p); break;
            case SubscribePacket p: PacketWriter.Write(output, version, p); break;
            case SubAckPacket p: PacketWriter.Write(output, version, p); break;
            case UnsubscribePacket p: PacketWriter.Write(output, version, p); break;
            case UnsubAckPacket p: PacketWriter.Write(output, version, p); break;
            case DisconnectPacket p: PacketWriter.Write(output, version, p); break;
            case AuthPacket p: PacketWriter.Write(output, p); break;
            case PacketType.PingReq: PacketWriter.WritePingReq(output); break;
            default: PacketWriter.WritePingResp(output); break;
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Everything that a packet says, as text that can be compared.</summary>
    public static string Describe(object packet) => packet is PublishPacket p
        ? $"{p.Topic} {p.TopicAlias} {p.PacketId} {p.Qos} {p.Retain} {p.Duplicate} {Convert.ToHexString(p.Payload.Span)} "
            + JsonSerializer.Serialize(p.DecodeProperties())
        : JsonSerializer.Serialize(packet);

    private static void WritePublish(ArrayBufferWriter<byte> output, MqttVersion version, PublishPacket packet)
    {
        var publish = new OutgoingPublish
        {
            Topic = packet.Topic is { } topic ? topic.Utf8.Span : [],
            Payload = packet.Payload.Span,
            Qos = packet.Qos,
            PacketId = packet.PacketId,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            TopicAlias = packet.TopicAlias,
            Properties = packet.DecodeProperties(),
        };
        PacketWriter.Write(output, version, publish).ShouldBe(output.WrittenCount);
    }
}
