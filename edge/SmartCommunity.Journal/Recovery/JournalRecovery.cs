namespace SmartCommunity.Journal;

/// <summary>Finds out what is on disk, decides what it means, and only then cuts what is torn.</summary>
internal sealed class JournalRecovery(IJournalStorage storage, JournalOptions options)
{
    private readonly List<JournalDamage> _damages = [];
    private byte[] _buffer = [];

    /// <summary>Recovers the journal; null when there is none yet.</summary>
    /// <exception cref="JournalDamagedException">Records are lost and the policy is to refuse, or the files contradict each other.</exception>
    internal RecoveredJournal? Run()
    {
        var segments = Segments();
        if (segments.Count == 0)
            return null;

        for (var index = 0; index < segments.Count - 1; index++)
            CheckSealed(segments[index], segments[index + 1].FirstSequence);

        var last = segments[^1];
        var length = Load(last, out var shortened);
        var scan = SegmentScanner.Scan(_buffer.AsSpan(0, length), last.FirstSequence);
        var verdict = SegmentVerdict.OfLast(last, scan, options.TakenOverThrough);
        _damages.AddRange(verdict.Damages);
        var next = CheckTakenOver(last, verdict);

        var rubbish = Rubbish(length, verdict.End);
        var tail = verdict.Torn || shortened ? new TornTail(last.Name, verdict.End, rubbish, shortened) : null;
        var report = new RecoveryReport(segments[0].FirstSequence, next - 1, segments.Count, tail, _damages, options.TakenOverThrough);
        if (report.LostRecords > 0 && options.OnDamage == DamagePolicy.Refuse)
            throw Refusal(report);

        Cut(last, verdict.End, length);
        return new RecoveredJournal(report, segments, verdict.End, StartAnew: next != verdict.NextSequence);
    }

    private List<Segment> Segments()
    {
        var segments = new List<Segment>();
        foreach (var name in storage.List())
        {
            if (SegmentFormat.TryParseName(name, out var first))
                segments.Add(new Segment(first));
        }

        segments.Sort((left, right) => left.FirstSequence.CompareTo(right.FirstSequence));
        return segments;
    }

    private void CheckSealed(Segment segment, long nextFirst)
    {
        if (options.Verification == JournalVerification.LastSegment)
            return;

        var length = Load(segment, out _);
        var scan = SegmentScanner.Scan(_buffer.AsSpan(0, length), segment.FirstSequence);
        _damages.AddRange(SegmentVerdict.OfSealed(segment, scan, length, nextFirst).Damages);
    }

    private long CheckTakenOver(Segment last, SegmentVerdict verdict)
    {
        if (verdict.NextSequence > options.TakenOverThrough)
            return verdict.NextSequence;

        _damages.Add(new JournalDamage(last.Name, verdict.End, 0, DamageKind.EndsEarly, verdict.NextSequence, options.TakenOverThrough));
        return options.TakenOverThrough + 1;
    }

    // Reads the whole file into the buffer, which all segments share, and checks the header.
    private int Load(Segment segment, out bool shortened)
    {
        using var file = storage.Open(segment.Name, forWriting: false);
        var length = checked((int)file.Length);
        if (_buffer.Length < length)
            _buffer = GC.AllocateUninitializedArray<byte>(length);
        length = file.Read(0, _buffer.AsSpan(0, length));

        shortened = length < SegmentFormat.HeaderBytes;
        switch (SegmentFormat.ReadHeader(_buffer.AsSpan(0, length), out var first, out var made))
        {
            case HeaderStatus.OtherVersion:
                throw new JournalDamagedException($"Segment '{segment.Name}' has a format that this version does not know. Use the version that wrote it.");
            case HeaderStatus.Damaged:
                _damages.Add(new JournalDamage(
                    segment.Name, 0, SegmentFormat.HeaderBytes, DamageKind.Header, segment.FirstSequence, segment.FirstSequence - 1));
                break;
            case HeaderStatus.Whole when first != segment.FirstSequence:
                throw new JournalDamagedException($"Segment '{segment.Name}' says that it starts with {first}: the file was renamed or copied.");
            default:
                shortened |= length < made;
                break;
        }

        return length;
    }

    private long Rubbish(int length, int end) => end >= length ? 0 : _buffer.AsSpan(end, length - end).TrimEnd((byte)0).Length;

    // Zeros over the rest: what is left of a torn batch must never be read as the continuation of a record that is written there later.
    private void Cut(Segment last, int end, int length)
    {
        var until = length < options.SegmentBytes ? options.SegmentBytes : end + (int)Rubbish(length, end);
        if (until <= end)
            return;

        using var file = storage.Open(last.Name, forWriting: true);
        var zeros = new byte[Math.Min(1 << 20, until - end)];
        for (var offset = end; offset < until; offset += zeros.Length)
            file.Write(offset, zeros.AsSpan(0, Math.Min(zeros.Length, until - offset)));
        file.Flush();
    }

    private static JournalDamagedException Refusal(RecoveryReport report)
        => new(
            $"The journal has lost {report.LostRecords} acknowledged records and is not opened: {string.Join("; ", report.Damages)}. "
            + "Restore the files, or open it with DamagePolicy.KeepWhole to go on with what is whole.",
            report);
}
