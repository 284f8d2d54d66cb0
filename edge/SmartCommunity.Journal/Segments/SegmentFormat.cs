using System.Buffers.Binary;
using System.Globalization;

namespace SmartCommunity.Journal;

/// <summary>Names and headers of segment files.</summary>
/// <remarks>
/// header = magic:8*byte version:u32 headerBytes:u32 firstSequence:u64 segmentBytes:u32 crc32c:u32 — little endian; the checksum covers what is before it.
/// </remarks>
internal static class SegmentFormat
{
    internal const int Version = 1;
    internal const int HeaderBytes = 32;

    /// <summary>What a segment needs beside the payload of its only record.</summary>
    internal const int OverheadBytes = HeaderBytes + DurableMark.Bytes + JournalRecords.HeaderBytes;

    /// <summary>The next segment while it is prepared; what is left of one after a crash is removed.</summary>
    internal const string SpareName = "spare.new";

    private const string Extension = ".journal";

    private static ReadOnlySpan<byte> Magic => "SCJRNL\r\n"u8;

    /// <summary>The file name: the first sequence in 20 digits, so that names sort as sequences do.</summary>
    internal static string NameOf(long firstSequence) => firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    internal static bool TryParseName(string name, out long firstSequence)
    {
        firstSequence = 0;
        return name.Length == 20 + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out firstSequence)
            && firstSequence > 0;
    }

    internal static void WriteHeader(Span<byte> target, long firstSequence, int segmentBytes)
    {
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], firstSequence);
        BinaryPrimitives.WriteInt32LittleEndian(target[24..], segmentBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[28..], Crc32C.Of(target[..28]));
    }

    /// <summary>Judges a header.</summary>
    internal static HeaderStatus ReadHeader(ReadOnlySpan<byte> bytes, out long firstSequence, out int segmentBytes)
    {
        firstSequence = 0;
        segmentBytes = 0;
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C.Of(bytes[..28]) || !bytes.StartsWith(Magic))
            return HeaderStatus.Damaged;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Version)
            return HeaderStatus.OtherVersion;

        firstSequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        segmentBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);
        return HeaderStatus.Whole;
    }
}

/// <summary>What the header of a segment is.</summary>
internal enum HeaderStatus : byte
{
    Whole,
    Damaged,

    /// <summary>Whole, but written by a version of this software that this one does not know.</summary>
    OtherVersion,
}
