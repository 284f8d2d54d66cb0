namespace SmartCommunity.Journal;

/// <summary>What opening the journal found.</summary>
/// <param name="FirstSequence">The oldest sequence that is there; the next one to be given when there is none.</param>
/// <param name="LastSequence">The newest sequence that is there; FirstSequence − 1 when there is none.</param>
/// <param name="Segments">How many segment files there are.</param>
/// <param name="Tail">What was cut off at the end, or null.</param>
/// <param name="Damages">What is not as it was written.</param>
/// <param name="TakenOverThrough">The readers have everything through this sequence, so that it can not be lost here.</param>
public sealed record RecoveryReport(
    long FirstSequence, long LastSequence, int Segments, TornTail? Tail, IReadOnlyList<JournalDamage> Damages, long TakenOverThrough)
{
    /// <summary>How many acknowledged records, which nobody has taken over, can not be recovered.</summary>
    public long LostRecords => Damages.Sum(damage => Math.Max(0, damage.LostThrough - Math.Max(damage.LostFrom - 1, TakenOverThrough)));
}

/// <summary>The end of the last segment, which no flush had confirmed: it was never acknowledged, and is gone.</summary>
/// <param name="Segment">The file.</param>
/// <param name="Offset">Where the last whole record ended.</param>
/// <param name="Bytes">How many bytes behind it were not zero.</param>
/// <param name="Shortened">The file is shorter than it was made; a crash does not do that, someone did.</param>
public sealed record TornTail(string Segment, long Offset, long Bytes, bool Shortened);

/// <summary>One damaged place.</summary>
/// <param name="Segment">The file.</param>
/// <param name="Offset">Where the damage starts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Kind">What is damaged.</param>
/// <param name="LostFrom">The first sequence that may be lost with it.</param>
/// <param name="LostThrough">The last sequence that is lost; LostFrom − 1 when nothing is.</param>
public sealed record JournalDamage(string Segment, long Offset, long Length, DamageKind Kind, long LostFrom, long LostThrough)
{
    /// <inheritdoc/>
    public override string ToString()
        => LostThrough < LostFrom
            ? $"{Kind} in '{Segment}' at byte {Offset} ({Length} bytes): no record is lost"
            : $"{Kind} in '{Segment}' at byte {Offset} ({Length} bytes): records {LostFrom} to {LostThrough} are lost";
}

/// <summary>The kinds of damage.</summary>
public enum DamageKind : byte
{
    /// <summary>The header of a segment; its name still says what it holds.</summary>
    Header,

    /// <summary>Bytes with whole records on both sides.</summary>
    Middle,

    /// <summary>The end of a segment that is followed by another, or whole segments in between.</summary>
    End,

    /// <summary>The journal ends before a sequence that its readers have taken over.</summary>
    EndsEarly,
}
