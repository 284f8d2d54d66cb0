using System.Buffers;
using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>
/// The record format of the journal; the same bytes cross from a gateway to the silos (FORMAT.md).
/// </summary>
/// <remarks>
/// record = length:u32 crc32c:u32 sequence:u64 payload:length*byte — little endian; the checksum covers sequence and payload.
/// </remarks>
public static class JournalRecords
{
    /// <summary>Bytes before the payload of a record.</summary>
    public const int HeaderBytes = 16;

    /// <summary>Bytes that a record with this payload takes.</summary>
    public static int SizeOf(int payloadBytes) => HeaderBytes + payloadBytes;

    /// <summary>Appends one record.</summary>
    /// <param name="output">Where to; advanced by <see cref="SizeOf"/> bytes.</param>
    /// <param name="sequence">The sequence number; from 1 upwards.</param>
    /// <param name="payload">The payload; copied.</param>
    public static void Write(IBufferWriter<byte> output, long sequence, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        var size = SizeOf(payload.Length);
        WriteUnsealed(output.GetSpan(size), sequence, payload);
        Seal(output.GetSpan(size)[..size]);
        output.Advance(size);
    }

    /// <summary>Writes everything but the checksum, so that the checksum can be computed outside the append lock.</summary>
    internal static void WriteUnsealed(Span<byte> target, long sequence, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], sequence);
        payload.CopyTo(target[HeaderBytes..]);
    }

    /// <summary>Fills in the checksum of one whole record.</summary>
    internal static void Seal(Span<byte> record)
    {
        var sequence = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.OfRecord(sequence, record[HeaderBytes..]));
    }
}
