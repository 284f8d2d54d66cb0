using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>
/// Keeps one number durably: everything through this sequence was taken over by whoever reads the journal. It only rises.
/// </summary>
/// <remarks>
/// file = magic:8*byte version:u32 reserved:u32 sequence:u64 reserved:u32 crc32c:u32 — little endian; replaced as a whole (write, flush, rename), so that a
/// crash leaves the old number or the new one. A number that is too low is harmless: what it does not cover is read again.
/// </remarks>
public sealed class WatermarkFile
{
    private const int Bytes = 32;
    private const int Version = 1;
    private const string Suffix = ".new";

    private readonly IJournalStorage _storage;
    private readonly string _name;
    private long _value;

    private WatermarkFile(IJournalStorage storage, string name, WatermarkStatus status, long value)
    {
        _storage = storage;
        _name = name;
        _value = value;
        Status = status;
    }

    /// <summary>What was found when the file was opened.</summary>
    public WatermarkStatus Status { get; }

    /// <summary>The number; 0 before the first <see cref="Advance"/>.</summary>
    public long Value => Volatile.Read(ref _value);

    private static ReadOnlySpan<byte> Magic => "SCMARK\r\n"u8;

    /// <summary>Reads the file, if there is one.</summary>
    public static WatermarkFile Open(IJournalStorage storage, string name)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!storage.List().Contains(name, StringComparer.Ordinal))
            return new WatermarkFile(storage, name, WatermarkStatus.Missing, value: 0);

        using var file = storage.Open(name, forWriting: false);
        Span<byte> bytes = stackalloc byte[Bytes];
        return file.Read(0, bytes) == Bytes && TryParse(bytes, out var value)
            ? new WatermarkFile(storage, name, WatermarkStatus.Whole, value)
            : new WatermarkFile(storage, name, WatermarkStatus.Damaged, value: 0);
    }

    /// <summary>Raises the number; on disk when the call returns. A lower number than the present one changes nothing. For one caller at a time.</summary>
    /// <exception cref="IOException">It could not be written; the file holds what it held.</exception>
    public void Advance(long sequence)
    {
        if (sequence <= _value)
            return;

        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Crc32C.Of(bytes[..28]));
        using (var file = _storage.Create(_name + Suffix, Bytes))
        {
            file.Write(0, bytes);
            file.Flush();
        }

        _storage.Rename(_name + Suffix, _name);
        Volatile.Write(ref _value, sequence);
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, out long value)
    {
        value = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        return bytes.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) == Crc32C.Of(bytes[..28])
            && value >= 0;
    }
}

/// <summary>What a watermark file was when it was opened.</summary>
public enum WatermarkStatus : byte
{
    /// <summary>There is none; the number is 0.</summary>
    Missing,

    /// <summary>It could be read.</summary>
    Whole,

    /// <summary>It could not; the number is 0, and everything that the journal holds is read again.</summary>
    Damaged,
}
