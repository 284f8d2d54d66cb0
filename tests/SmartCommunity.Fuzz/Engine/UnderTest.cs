using System.Buffers;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Fuzz.Engine;

/// <summary>Calls the library as the endpoint does.</summary>
public static class UnderTest
{
    /// <summary>Cuts a stream that comes in pieces, each read's bytes in segments; the same lines as <see cref="Oracles.NaiveFrames"/>.</summary>
    /// <param name="stream">All bytes.</param>
    /// <param name="cuts">Where one read ends and the next begins, rising.</param>
    /// <param name="segmentSize">The size of the segments in which a read comes.</param>
    /// <param name="maxPacketSize">The largest packet that is accepted.</param>
    public static List<string> Cut(byte[] stream, IEnumerable<int> cuts, int segmentSize, int maxPacketSize)
    {
        var lines = new List<string>();
        using var frames = new FrameReader(maxPacketSize);
        var consumed = 0;
        try
        {
            foreach (var end in cuts.Append(stream.Length))
            {
                var buffer = Pieces.Of(stream.AsMemory(consumed, end - consumed), segmentSize);
                frames.Load(in buffer);
                while (frames.TryRead(out var frame)) lines.Add($"{frame.Header:X2} {Convert.ToHexString(frame.Body.Span)}");
                consumed += (int)buffer.Slice(0, frames.Consumed).Length;
            }

            return [.. lines, frames.HasPartialFrame ? "partial" : "end"];
        }
        catch (MqttProtocolException)
        {
            return [.. lines, "violation"];
        }
        catch (Exception other)
        {
            throw new InputException(stream, other);
        }
    }

    /// <summary>Reads the body of a packet; null when the library refuses it.</summary>
    public static object? Read(byte header, byte[] body, MqttVersion version)
    {
        var frame = new Frame(header, body, body.Length + 2);
        var reader = new PacketReader(version, ReadLimits.Default);
        try
        {
            switch (frame.Type)
            {
                case PacketType.Connect: return PacketReader.ReadConnect(in frame, ReadLimits.Default);
                case PacketType.ConnAck: return reader.ReadConnAck(in frame);
                case PacketType.Publish: return reader.ReadPublish(in frame);
                case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp: return reader.ReadAck(in frame);
                case PacketType.Subscribe: return reader.ReadSubscribe(in frame);
                case PacketType.SubAck: return reader.ReadSubAck(in frame);
                case PacketType.Unsubscribe: return reader.ReadUnsubscribe(in frame);
                case PacketType.UnsubAck: return reader.ReadUnsubAck(in frame);
                case PacketType.Disconnect: return reader.ReadDisconnect(in frame);
                case PacketType.Auth: return reader.ReadAuth(in frame);
                default:
                    PacketReader.CheckPing(in frame);
                    return frame.Type;
            }
        }
        catch (MqttProtocolException)
        {
            return null;
        }
        catch (Exception other)
        {
            throw new InputException([header, .. body], other);
        }
    }

    /// <summary>Writes a packet that was read, and answers its body.</summary>
    public static (byte Header, byte[] Body) Write(object packet, MqttVersion version)
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
            default: PacketWriter.WritePingReq(output); break;
        }

        FrameHeader.TryRead(output.WrittenSpan, int.MaxValue, out var header).ShouldBeTrue();
        return (header.First, output.WrittenSpan[header.Size..].ToArray());
    }

    private static void WritePublish(ArrayBufferWriter<byte> output, MqttVersion version, PublishPacket p) => PacketWriter.Write(output, version, new OutgoingPublish
    {
        Topic = p.Topic is { } topic ? topic.Utf8.Span : [],
        Payload = p.Payload.Span,
        Qos = p.Qos,
        PacketId = p.PacketId,
        Retain = p.Retain,
        Duplicate = p.Duplicate,
        TopicAlias = p.TopicAlias,
        Properties = p.DecodeProperties(),
    });
}

/// <summary>Bytes in segments, with an empty one now and then, as a pipe may hand them over.</summary>
public static class Pieces
{
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int size)
    {
        var first = new Piece(ReadOnlyMemory<byte>.Empty);
        var last = first;
        for (var at = 0; at < bytes.Length; at += size) last = last.Append(bytes.Slice(at, Math.Min(size, bytes.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
