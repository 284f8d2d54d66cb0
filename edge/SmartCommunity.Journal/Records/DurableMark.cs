using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>
/// The record with sequence 0 that starts every write to a segment. It says through which sequence everything was on disk when it was written.
/// </summary>
/// <remarks>
/// It lets recovery tell a torn tail (nobody was told that those records are safe) from damage to what had been acknowledged.
/// mark = length:u32(8) crc32c:u32 sequence:u64(0) durableThrough:u64. It never leaves the journal.
/// </remarks>
internal static class DurableMark
{
    internal const int PayloadBytes = sizeof(long);
    internal const int Bytes = JournalRecords.HeaderBytes + PayloadBytes;

    internal static void Write(Span<byte> target, long durableThrough)
    {
        Span<byte> payload = stackalloc byte[PayloadBytes];
        BinaryPrimitives.WriteInt64LittleEndian(payload, durableThrough);
        JournalRecords.WriteUnsealed(target, sequence: 0, payload);
        JournalRecords.Seal(target[..Bytes]);
    }

    internal static long Read(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[JournalRecords.HeaderBytes..]);
}
