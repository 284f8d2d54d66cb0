namespace SmartCommunity.Journal;

/// <summary>A buffer of whole records on their way to the disk. Its first bytes are kept free for the mark.</summary>
internal sealed class RecordChunk(int capacity)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(capacity);
    private int _used = DurableMark.Bytes;

    internal int Capacity => _buffer.Length;
    internal int Used => _used;
    internal int Count { get; private set; }
    internal long FirstSequence { get; private set; }
    internal long LastSequence { get; private set; }

    internal void Clear()
    {
        _used = DurableMark.Bytes;
        Count = 0;
    }

    /// <summary>Copies a record, without its checksum; false when it does not fit.</summary>
    internal bool TryAppend(long sequence, ReadOnlySpan<byte> payload)
    {
        var size = JournalRecords.SizeOf(payload.Length);
        if (_used + size > _buffer.Length)
            return false;

        JournalRecords.WriteUnsealed(_buffer.AsSpan(_used), sequence, payload);
        _used += size;
        FirstSequence = Count == 0 ? sequence : FirstSequence;
        LastSequence = sequence;
        Count++;
        return true;
    }

    /// <summary>Fills in the mark and the checksums.</summary>
    /// <returns>The bytes to write, valid until <see cref="Clear"/>.</returns>
    internal ReadOnlySpan<byte> Seal(long durableThrough)
    {
        DurableMark.Write(_buffer, durableThrough);
        for (var position = DurableMark.Bytes; position < _used;)
        {
            var size = JournalRecords.SizeOf(BitConverter.ToInt32(_buffer, position));
            JournalRecords.Seal(_buffer.AsSpan(position, size));
            position += size;
        }

        return _buffer.AsSpan(0, _used);
    }
}
