using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>Reads records one after another from one contiguous buffer, and checks each.</summary>
/// <param name="buffer">Whole records in the journal's format; must outlive the payloads that are handed out.</param>
public ref struct JournalRecordReader(ReadOnlySpan<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;

    /// <summary>Bytes read so far; after a record, the offset of the next one.</summary>
    public int Consumed { get; private set; }

    /// <summary>Takes the next record.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="payload">Its payload, a slice of the buffer.</param>
    /// <returns>False at the end of the buffer.</returns>
    /// <exception cref="JournalDamagedException">The next bytes are not a whole, undamaged record.</exception>
    public bool TryRead(out long sequence, out ReadOnlySpan<byte> payload)
    {
        if (Consumed == _buffer.Length)
        {
            sequence = 0;
            payload = default;
            return false;
        }

        switch (Parse(_buffer[Consumed..], out sequence, out var length))
        {
            case RecordStatus.Whole when sequence > 0:
                payload = _buffer.Slice(Consumed + JournalRecords.HeaderBytes, length);
                Consumed += JournalRecords.SizeOf(length);
                return true;
            case RecordStatus.Short:
                throw JournalDamagedException.InBuffer(Consumed, "the buffer ends inside a record");
            case RecordStatus.Whole:
                throw JournalDamagedException.InBuffer(Consumed, "the record has no sequence number");
            default:
                throw JournalDamagedException.InBuffer(Consumed, "the checksum does not match");
        }
    }

    /// <summary>Judges the bytes at the start of a buffer. The outputs are set for <see cref="RecordStatus.Whole"/> only.</summary>
    internal static RecordStatus Parse(ReadOnlySpan<byte> bytes, out long sequence, out int payloadLength)
    {
        sequence = 0;
        payloadLength = 0;
        if (bytes.Length < JournalRecords.HeaderBytes)
            return RecordStatus.Short;

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > bytes.Length - JournalRecords.HeaderBytes)
            return RecordStatus.Short;

        var claimed = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        var payload = bytes.Slice(JournalRecords.HeaderBytes, (int)length);
        if (claimed < 0 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.OfRecord(claimed, payload))
            return RecordStatus.Damaged;

        sequence = claimed;
        payloadLength = (int)length;
        return RecordStatus.Whole;
    }
}

/// <summary>What the bytes at some place are.</summary>
internal enum RecordStatus : byte
{
    /// <summary>A whole record whose checksum matches.</summary>
    Whole,

    /// <summary>The bytes end before the record does.</summary>
    Short,

    /// <summary>The checksum does not match.</summary>
    Damaged,
}
