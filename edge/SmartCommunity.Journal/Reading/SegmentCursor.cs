using System.Buffers;
using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>A place in the segments, which moves over records, marks and reported damage.</summary>
internal sealed class SegmentCursor(IJournalStorage storage, SegmentLog log, long fromSequence) : IDisposable
{
    /// <summary>The least that is read at once; it holds several records of the usual size.</summary>
    internal const int SmallestRead = 4096;

    private readonly Queue<JournalDamage> _damages = new();
    private Segment? _segment;
    private IJournalFile? _file;
    private long _offset;

    // Bytes that the record at the current place takes, when it is larger than the reads are.
    private int _largeRecord;

    // Where the records of the open segment have got to; behind NextSequence only while the start is looked for.
    private long _expected;

    internal long NextSequence { get; private set; } = fromSequence;

    /// <summary>Reads on, and moves the records together at the start of the buffer.</summary>
    /// <param name="buffer">A pooled buffer; replaced by a larger one when a record needs it.</param>
    /// <param name="maxBytes">The most bytes of records, unless the first one is larger.</param>
    /// <param name="maxRecords">The most records.</param>
    /// <param name="through">The last sequence that may be read.</param>
    /// <returns>The records; none when only the place has changed.</returns>
    internal RecordRun Fill(ref byte[] buffer, int maxBytes, int maxRecords, long through)
    {
        if (_file is null)
            OpenSegment();
        if (PassDamage() || PassEnd())
            return default;

        var wanted = (int)Math.Min(buffer.Length, Math.Max(Math.Max(maxBytes, SmallestRead), _largeRecord));
        var available = _file!.Read(_offset, buffer.AsSpan(0, wanted));
        var run = Collect(buffer.AsSpan(0, available), maxBytes, maxRecords, through, out var consumed);
        _offset += consumed;
        _largeRecord = 0;
        if (consumed == 0)
            MakeRoom(ref buffer, available);
        return run;
    }

    public void Dispose() => _file?.Dispose();

    private void OpenSegment()
    {
        var segments = log.Segments;
        _segment = segments.LastOrDefault(segment => segment.FirstSequence <= NextSequence)
            ?? throw new JournalTrimmedException(NextSequence, segments.Count == 0 ? NextSequence : segments[0].FirstSequence);
        try
        {
            _file = storage.Open(_segment.Name, forWriting: false);
        }
        catch (FileNotFoundException)
        {
            throw new JournalTrimmedException(NextSequence, log.Segments[0].FirstSequence);
        }

        _offset = SegmentFormat.HeaderBytes;
        _expected = _segment.FirstSequence;
        _damages.Clear();
        foreach (var damage in log.DamagesOf(_segment).Where(damage => damage.Kind != DamageKind.Header))
            _damages.Enqueue(damage);
    }

    // Damage that recovery has reported is passed over; any other stops the reader.
    private bool PassDamage()
    {
        if (!_damages.TryPeek(out var damage) || damage.Offset != _offset)
            return false;
        _damages.Dequeue();
        _offset += damage.Length;
        Advance(damage.LostThrough + 1);
        return true;
    }

    // The segment is read to its end when the next sequence is the first of the segment behind it.
    private bool PassEnd()
    {
        var segments = log.Segments;
        for (var index = segments.Count - 1; index >= 0 && segments[index].FirstSequence > _segment!.FirstSequence; index--)
        {
            if (segments[index].FirstSequence > _expected)
                continue;
            _file!.Dispose();
            _file = null;
            return true;
        }

        return false;
    }

    private RecordRun Collect(Span<byte> bytes, int maxBytes, int maxRecords, long through, out int consumed)
    {
        var run = default(RecordRun);
        consumed = 0;
        while (run.Count < maxRecords && _expected <= through && !(_damages.TryPeek(out var damage) && damage.Offset == _offset + consumed))
        {
            var status = JournalRecordReader.Parse(bytes[consumed..], out var sequence, out var payloadLength);
            var size = JournalRecords.SizeOf(payloadLength);
            if (status != RecordStatus.Whole || (sequence != 0 && sequence != _expected))
                break;
            if (sequence >= NextSequence)
            {
                if (run.Count > 0 && run.Bytes + size > maxBytes)
                    break;
                bytes.Slice(consumed, size).CopyTo(bytes[run.Bytes..]);
                run = new RecordRun(run.Bytes + size, run.Count == 0 ? sequence : run.First, sequence, run.Count + 1);
            }

            consumed += size;
            if (sequence != 0)
                Advance(sequence + 1);
        }

        return run;
    }

    private void Advance(long next)
    {
        _expected = next;
        NextSequence = Math.Max(NextSequence, next);
    }

    // Nothing whole at this place: the record is larger than the buffer, or it is damaged.
    private void MakeRoom(ref byte[] buffer, int available)
    {
        var length = available < JournalRecords.HeaderBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        if (length > _file!.Length - _offset - JournalRecords.HeaderBytes || JournalRecords.HeaderBytes + length <= available)
            throw JournalDamagedException.InSegment(_segment!.Name, _offset, _expected);

        _largeRecord = JournalRecords.SizeOf((int)length);
        if (buffer.Length >= _largeRecord)
            return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(_largeRecord);
    }
}

/// <summary>Records that were moved together.</summary>
internal readonly record struct RecordRun(int Bytes, long First, long Last, int Count);
