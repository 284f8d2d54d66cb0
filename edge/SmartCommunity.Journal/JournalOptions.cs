namespace SmartCommunity.Journal;

/// <summary>The limits of a journal.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Length of a segment file in bytes. Default 64 MiB: long enough that a roll is rare, short enough that trimming frees room soon and that the zeros
    /// of the next one are written in a fraction of a second.
    /// </summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>The largest payload in bytes. Default 16 MiB: above any MQTT message that the endpoint lets in, and a quarter of a segment.</summary>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>
    /// How many bytes may wait for the disk before <see cref="DurableJournal.AppendAsync"/> pushes back. Default 64 MiB: about a second of a good disk,
    /// and affordable on a small machine.
    /// </summary>
    public long MaxPendingBytes { get; init; } = 64 << 20;

    /// <summary>
    /// How much disk the journal may take, in bytes; when it is reached, appends wait as with a full disk until something is trimmed. Default 16 GiB: days
    /// of events of one community, and it leaves room to whatever else the disk holds.
    /// </summary>
    public long MaxDiskBytes { get; init; } = 16L << 30;

    /// <summary>How often a full disk is tried again. Default 1 s: prompt for people, negligible for the disk.</summary>
    public TimeSpan DiskFullRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a flush waits for company, in whole milliseconds, while records come in quickly: when the flush before it carried at least
    /// <see cref="GatherFrom"/> of them. Default 2 ms: some flushes' worth of a good disk, a fifth of what an acknowledgement may take. Zero never waits. A record that comes alone is
    /// flushed at once. (PostgreSQL calls the pair commit_delay and commit_siblings.)
    /// </summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How many records in one flush mean that more are about to come. Default 64: some 30,000 a second on a disk that flushes in 2 ms.</summary>
    public int GatherFrom { get; init; } = 64;

    /// <summary>How many records are company enough, so that the flush begins before <see cref="GatherTime"/> is over. Default 1,024: larger groups save next to nothing.</summary>
    public int GatherRecords { get; init; } = 1_024;

    /// <summary>The sequence of the first record of a new journal. Default 1.</summary>
    public long FirstSequence { get; init; } = 1;

    /// <summary>
    /// Everything through this sequence was taken over by whoever reads the journal (the watermark file says so): damage there loses nothing, and its
    /// numbers are never given to other records. Default 0: nothing is known.
    /// </summary>
    public long TakenOverThrough { get; init; }

    /// <summary>What opening checks. Default all segments: about a second per gigabyte, so that damage shows at the start and not when the record is needed.</summary>
    public JournalVerification Verification { get; init; } = JournalVerification.AllSegments;

    /// <summary>What to do about acknowledged records that are lost. Default: refuse to open, a person decides.</summary>
    public DamagePolicy OnDamage { get; init; } = DamagePolicy.Refuse;

    /// <summary>
    /// Whether the journal flushes on a thread of its own and prepares segments in the background. Default true. Without it the owner calls
    /// <see cref="DurableJournal.FlushPending"/>, and everything happens on the caller's thread; simulations need that.
    /// </summary>
    public bool OwnThread { get; init; } = true;

    /// <summary>Checks the values and how they relate.</summary>
    /// <exception cref="ArgumentException">All that is wrong, in one message.</exception>
    public void Validate()
    {
        var errors = Errors().ToList();
        if (errors.Count > 0)
            throw new ArgumentException("Journal options: " + string.Join(' ', errors));
    }

    private IEnumerable<string> Errors()
    {
        if (SegmentBytes < 256)
            yield return "SegmentBytes must be at least 256.";
        if (MaxRecordBytes < 1 || MaxRecordBytes > SegmentBytes - SegmentFormat.OverheadBytes)
            yield return $"MaxRecordBytes must be from 1 to SegmentBytes − {SegmentFormat.OverheadBytes}, for a record lies in one segment.";
        if (MaxPendingBytes < 1)
            yield return "MaxPendingBytes must be positive.";
        if (MaxDiskBytes < 2L * SegmentBytes)
            yield return "MaxDiskBytes must hold at least two segments: the one in use and the next.";
        if (DiskFullRetry <= TimeSpan.Zero)
            yield return "DiskFullRetry must be positive.";
        if (GatherTime < TimeSpan.Zero || GatherTime > TimeSpan.FromSeconds(10))
            yield return "GatherTime must be from zero to ten seconds.";
        if (GatherFrom < 1)
            yield return "GatherFrom must be positive.";
        if (GatherRecords < GatherFrom)
            yield return "GatherRecords must be at least GatherFrom.";
        if (FirstSequence < 1)
            yield return "FirstSequence must be at least 1.";
        if (TakenOverThrough < 0)
            yield return "TakenOverThrough must not be negative.";
    }
}

/// <summary>What opening a journal reads and checks.</summary>
public enum JournalVerification : byte
{
    /// <summary>Every record of every segment.</summary>
    AllSegments,

    /// <summary>The last segment; the others are checked when they are read. For journals of many gigabytes.</summary>
    LastSegment,
}

/// <summary>What to do when acknowledged records can not be recovered.</summary>
public enum DamagePolicy : byte
{
    /// <summary>Throw <see cref="JournalDamagedException"/> with the report; change nothing on disk.</summary>
    Refuse,

    /// <summary>Open with what is whole; the report names what is lost, and readers pass over exactly those places.</summary>
    KeepWhole,
}
