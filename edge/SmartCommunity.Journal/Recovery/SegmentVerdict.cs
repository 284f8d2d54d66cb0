namespace SmartCommunity.Journal;

/// <summary>
/// The recovery table: what each combination of whole, torn and corrupt means. FORMAT.md shows it as a table, the tests go through all of it.
/// </summary>
/// <param name="NextSequence">The sequence behind this segment.</param>
/// <param name="End">Where the next write may go, when this is the last segment.</param>
/// <param name="Torn">There is something behind <paramref name="End"/> that must be overwritten with zeros.</param>
/// <param name="Damages">What is damaged.</param>
internal readonly record struct SegmentVerdict(long NextSequence, int End, bool Torn, IReadOnlyList<JournalDamage> Damages)
{
    /// <summary>A segment that is followed by another: all before the other one's first sequence had been flushed when that one was made.</summary>
    internal static SegmentVerdict OfSealed(Segment segment, in SegmentScan scan, int length, long nextFirst)
    {
        var damages = new List<JournalDamage>();
        foreach (var hole in scan.Holes)
            damages.Add(Middle(segment, hole, hole.LostThrough ?? nextFirst - 1));

        // An open hole, which no record follows, has counted the missing ones already.
        var open = scan.Holes is [.., { LostThrough: null }];
        var missing = !open && scan.NextSequence < nextFirst;
        if (missing || scan.RubbishBytes > 0)
        {
            var lostFrom = missing ? scan.NextSequence : nextFirst;
            damages.Add(new JournalDamage(segment.Name, scan.End, Math.Max(0, length - scan.End), DamageKind.End, lostFrom, nextFirst - 1));
        }

        if (scan.NextSequence > nextFirst)
        {
            throw new JournalDamagedException(
                $"Segment '{segment.Name}' holds record {scan.NextSequence - 1}, and so does the segment that starts with {nextFirst}.");
        }

        return new SegmentVerdict(nextFirst, scan.End, Torn: false, damages);
    }

    /// <summary>The last segment: what no flush had confirmed may be torn, and was never acknowledged; what a flush had confirmed is damaged.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="scan">What is in it.</param>
    /// <param name="takenOverThrough">What was flushed for sure, because readers have it.</param>
    internal static SegmentVerdict OfLast(Segment segment, in SegmentScan scan, long takenOverThrough)
    {
        var durable = Math.Max(scan.DurableThrough, takenOverThrough);
        var damages = new List<JournalDamage>();
        foreach (var hole in scan.Holes)
        {
            if (hole.LostFrom > durable)
                return new SegmentVerdict(hole.LostFrom, hole.Offset, Torn: true, damages);
            damages.Add(Middle(segment, hole, hole.LostThrough ?? Math.Max(scan.DurableThrough, hole.LostFrom - 1)));
        }

        var next = scan.Holes is [.., { LostThrough: null }] ? damages[^1].LostThrough + 1 : scan.NextSequence;
        return new SegmentVerdict(next, scan.End, scan.RubbishBytes > 0, damages);
    }

    private static JournalDamage Middle(Segment segment, SegmentHole hole, long lostThrough)
        => new(segment.Name, hole.Offset, hole.Length, DamageKind.Middle, hole.LostFrom, lostThrough);
}
