using System.Buffers.Binary;

namespace SmartCommunity.Journal;

/// <summary>Walks through the bytes of one segment and says where its whole records are and where something else is.</summary>
internal ref struct SegmentScanner
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly long _lastPlausible;
    private readonly List<SegmentHole> _holes = [];
    private int _position;
    private long _expected;
    private long _durable;

    // True from a hole to the first record after it: that record may be later than expected, and so tells what the hole has lost.
    private bool _afterHole;

    private SegmentScanner(ReadOnlySpan<byte> bytes, long firstSequence)
    {
        _bytes = bytes;
        _expected = firstSequence;
        _lastPlausible = firstSequence + (bytes.Length / JournalRecords.HeaderBytes);
        _position = SegmentFormat.HeaderBytes;
    }

    /// <summary>Scans a segment.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="firstSequence">The sequence of its first record.</param>
    internal static SegmentScan Scan(ReadOnlySpan<byte> bytes, long firstSequence)
    {
        var scanner = new SegmentScanner(bytes, firstSequence);
        scanner.Run();
        var rubbish = bytes[Math.Min(scanner._position, bytes.Length)..].TrimEnd((byte)0).Length;
        return new SegmentScan(scanner._expected, scanner._position, rubbish, scanner._durable, scanner._holes);
    }

    private void Run()
    {
        while (_position < _bytes.Length)
        {
            if (IsWhole(_position, out var sequence, out var size))
            {
                Take(sequence);
                _position += size;
                continue;
            }

            var next = FindNext();
            if (next < 0)
                return;
            AddHole(next);
            _position = next;
        }
    }

    private void Take(long sequence)
    {
        if (sequence == 0)
        {
            _durable = Math.Max(_durable, DurableMark.Read(_bytes[_position..]));
            return;
        }

        if (_afterHole)
            _holes[^1] = _holes[^1] with { LostThrough = sequence - 1 };
        _afterHole = false;
        _expected = sequence + 1;
    }

    // Two holes without a record between them are one: what lies between can only be a mark.
    private void AddHole(int end)
    {
        if (_afterHole)
            _holes[^1] = _holes[^1] with { Length = end - _holes[^1].Offset };
        else
            _holes.Add(new SegmentHole(_position, end - _position, _expected, LostThrough: null));
        _afterHole = true;
    }

    // A mark, or a record that may stand here.
    private readonly bool IsWhole(int position, out long sequence, out int size)
    {
        var whole = JournalRecordReader.Parse(_bytes[position..], out sequence, out var payloadLength) == RecordStatus.Whole;
        size = JournalRecords.SizeOf(payloadLength);
        return whole && (sequence == 0
            ? payloadLength == DurableMark.PayloadBytes
            : sequence == _expected || (_afterHole && sequence > _expected && sequence <= _lastPlausible));
    }

    // The next place behind the current one that holds a mark or a whole record that is not older than expected; -1 when there is none.
    private int FindNext()
    {
        if (_bytes[_position..].IndexOfAnyExcept((byte)0) < 0)
            return -1;

        var before = _afterHole;
        _afterHole = true;
        for (var position = _position + 1; position <= _bytes.Length - JournalRecords.HeaderBytes; position++)
        {
            var claimed = BinaryPrimitives.ReadInt64LittleEndian(_bytes[(position + 8)..]);
            var plausible = claimed == 0 ? _bytes[position] == DurableMark.PayloadBytes : claimed >= _expected && claimed <= _lastPlausible;
            if (plausible && IsWhole(position, out _, out _))
            {
                _afterHole = before;
                return position;
            }
        }

        _afterHole = before;
        return -1;
    }
}
