namespace SmartCommunity.Journal;

/// <summary>One segment file on disk.</summary>
/// <param name="FirstSequence">The sequence of its first record, also when it holds none yet.</param>
internal sealed record Segment(long FirstSequence)
{
    internal string Name { get; } = SegmentFormat.NameOf(FirstSequence);
}
