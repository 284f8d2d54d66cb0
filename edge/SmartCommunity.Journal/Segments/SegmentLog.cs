namespace SmartCommunity.Journal;

/// <summary>The segments in their order, and the one that is written to.</summary>
internal sealed class SegmentLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IJournalStorage _storage;
    private readonly JournalOptions _options;
    private readonly SegmentPreparer _preparer;
    private readonly IReadOnlyList<JournalDamage> _damages;
    private Segment[] _segments;
    private SegmentWriter? _active;

    internal SegmentLog(IJournalStorage storage, JournalOptions options, RecoveredJournal? recovered)
    {
        _storage = storage;
        _options = options;
        _damages = recovered?.Report.Damages ?? [];
        _segments = recovered is null ? [] : [.. recovered.Segments];
        _preparer = new SegmentPreparer(storage, options);
        if (recovered is { StartAnew: false })
        {
            var file = storage.Open(_segments[^1].Name, forWriting: true);
            _active = new SegmentWriter(_segments[^1], file, recovered.End);
        }
    }

    /// <summary>All segments, oldest first; a snapshot.</summary>
    internal IReadOnlyList<Segment> Segments
    {
        get
        {
            lock (_lock)
                return _segments;
        }
    }

    /// <summary>Writes marked records; rolls to a new segment when they do not fit. <paramref name="beforeRoll"/> follows a flush of all before them.</summary>
    /// <exception cref="JournalDiskFullException">There is no room for a new segment, or for the bytes; the call may be repeated.</exception>
    internal void Write(long firstSequence, ReadOnlySpan<byte> bytes, Action beforeRoll)
    {
        if (_active is null || !_active.Fits(bytes.Length))
        {
            // What is in a segment is on disk before the next one exists; recovery relies on it.
            _active?.Flush();
            beforeRoll();
            Roll(firstSequence);
        }

        _active!.Write(bytes);
    }

    internal void Flush() => _active?.Flush();

    /// <summary>Appends a last mark, by which the next start sees that nothing is torn. Left out when it does not fit.</summary>
    internal void WriteClosingMark(long durableThrough)
    {
        if (_active is null || !_active.Fits(DurableMark.Bytes))
            return;
        Span<byte> mark = stackalloc byte[DurableMark.Bytes];
        DurableMark.Write(mark, durableThrough);
        _active.Write(mark);
        _active.Flush();
    }

    /// <summary>Deletes the segments whose records are all at or below a sequence, but never the last one.</summary>
    internal int TrimThrough(long sequence)
    {
        Segment[] gone;
        lock (_lock)
        {
            var count = 0;
            while (count < _segments.Length - 1 && _segments[count + 1].FirstSequence <= sequence + 1)
                count++;
            gone = _segments[..count];
            _segments = _segments[count..];
        }

        foreach (var segment in gone)
            _storage.Delete(segment.Name);
        return gone.Length;
    }

    /// <summary>The damaged places of a segment that recovery has reported, in their order.</summary>
    internal IReadOnlyList<JournalDamage> DamagesOf(Segment segment)
        => _damages.Count == 0 ? [] : [.. _damages.Where(damage => damage.Segment == segment.Name).OrderBy(damage => damage.Offset)];

    public void Dispose()
    {
        _active?.Dispose();
        _preparer.Dispose();
    }

    private void Roll(long firstSequence)
    {
        // The one in use and the next are never too many.
        if ((Segments.Count + 1) * (long)_options.SegmentBytes > Math.Max(_options.MaxDiskBytes, 2L * _options.SegmentBytes))
            throw new JournalDiskFullException("The journal has taken all of the disk that MaxDiskBytes allows it.");

        var segment = new Segment(firstSequence);
        var file = _preparer.Take(segment);
        var full = _active;
        _active = new SegmentWriter(segment, file, SegmentFormat.HeaderBytes);
        lock (_lock)
            _segments = [.. _segments, segment];
        full?.Shorten();
        full?.Dispose();
    }
}
