using System.Buffers;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Batches;

/// <summary>The binary form of an <see cref="EventBatch"/>: the payload of a journal record.</summary>
/// <remarks>
/// <code>
/// batch   = version:u8 content:u8 receivedAt:i64 devices:list(text) metrics:list(text) samples:list(sample) events:list(event) [deadLetter:letter]
/// sample  = device:varint metric:varint time:zigzag(ms − receivedAt) value:f64
/// event   = flags:u8 device:varint kind:varint phase:u8 time:zigzag(ms − receivedAt) id:text [confidence:f64] [data:bytes] evidence:list(type:text uri:text)
/// letter  = publisher:text topic:text payload:bytes decoder:text reason:text
/// list(x) = count:varint x*      text = bytes of UTF-8      bytes = length:varint byte*      all numbers little endian, times in Unix ms
/// </code>
/// Times are kept to the millisecond. A reader refuses a version that it does not know: <see cref="EventFormatException"/>.
/// </remarks>
public static class EventBatchCodec
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 1;

    /// <summary>The most entries of one list; a record is one MQTT message of at most some megabytes, so more is damage.</summary>
    public const int MaxListLength = 1 << 20;

    internal const byte HasDeadLetter = 1;

    internal const byte HasConfidence = 1;
    internal const byte HasData = 2;
    internal const byte TimeIsReceipt = 4;
    internal const byte Historical = 8;

    /// <summary>Appends the binary form.</summary>
    public static void Write(IBufferWriter<byte> destination, EventBatch batch)
    {
        var writer = new BatchWriter(destination, batch.ReceivedAt.ToUnixTimeMilliseconds());
        writer.WriteHeader(batch);
        writer.WriteSamples(batch.Samples);
        writer.WriteEvents(batch.Events);
        writer.WriteDeadLetter(batch.DeadLetter);
        writer.Flush();
    }

    /// <summary>The binary form as an array.</summary>
    public static byte[] ToArray(EventBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(buffer, batch);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the binary form; the whole span must be one batch.</summary>
    /// <exception cref="EventFormatException">The bytes are no batch, or of a version that is not known.</exception>
    public static EventBatch Read(ReadOnlySpan<byte> source)
    {
        var reader = new BatchReader(source);
        return reader.ReadBatch();
    }

    /// <summary>Reads only whom a batch speaks for, to send it on without decoding the rest.</summary>
    /// <param name="source">The batch.</param>
    /// <param name="devices">Gets the devices, each once.</param>
    /// <param name="hasDeadLetter">Whether it also holds a dead letter.</param>
    /// <exception cref="EventFormatException">The bytes are no batch, or of a version that is not known.</exception>
    public static void Peek(ReadOnlySpan<byte> source, ICollection<Ids.DeviceId> devices, out bool hasDeadLetter)
    {
        var reader = new BatchReader(source);
        hasDeadLetter = reader.ReadHeader(devices);
    }

    internal static bool IsKind(ulong number, out EventKind kind)
    {
        kind = number <= ushort.MaxValue ? (EventKind)number : EventKind.None;
        return EventKinds.IsDefined(kind);
    }
}
