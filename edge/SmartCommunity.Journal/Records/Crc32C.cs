using System.Buffers.Binary;
using System.Numerics;

namespace SmartCommunity.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), in hardware where the processor has it.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of a record: over its sequence (8 bytes, little endian) and its payload.</summary>
    internal static uint OfRecord(long sequence, ReadOnlySpan<byte> payload)
        => ~Continue(BitOperations.Crc32C(uint.MaxValue, (ulong)sequence), payload);

    /// <summary>The checksum of plain bytes.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);

        return crc;
    }
}
