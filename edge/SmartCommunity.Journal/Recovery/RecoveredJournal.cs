namespace SmartCommunity.Journal;

/// <summary>What the journal continues from.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Segments">All segments in order; the last one is continued.</param>
/// <param name="End">The offset in the last segment at which the next write goes.</param>
/// <param name="StartAnew">The next record starts a segment of its own, because its sequence does not follow the last one's.</param>
internal sealed record RecoveredJournal(RecoveryReport Report, IReadOnlyList<Segment> Segments, long End, bool StartAnew)
{
    internal long NextSequence => Report.LastSequence + 1;
}
