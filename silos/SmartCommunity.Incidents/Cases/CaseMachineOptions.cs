namespace SmartCommunity.Incidents.Cases;

/// <summary>The limits of the case machine.</summary>
public sealed record CaseMachineOptions
{
    /// <summary>What holds unless something else is configured.</summary>
    public static CaseMachineOptions Default { get; } = new();

    /// <summary>
    /// From which confidence on a case needs no verification before it is registered, 0 to 1. Default: 0.6, above which the usual video
    /// analytics are right more often than not; below it, an acceptor looks first.
    /// </summary>
    public double SufficientConfidence { get; init; } = 0.6;

    /// <summary>
    /// How many events a case lists, 2 to 10,000. Default: 100: what a person can look through, and a snapshot of at most some tens of kilobytes.
    /// All of them stay in the event store, and <see cref="Incident.EventsInAll"/> counts on.
    /// </summary>
    public int MaxListedEvents { get; init; } = 100;

    /// <summary>The longest note, in characters, 1 to 100,000. Default: 2,000, about a page; transitions are kept for ever.</summary>
    public int MaxNoteLength { get; init; } = 2_000;

    /// <summary>How many photos or readings one command may bring, 0 to 1,000. Default: 20; whoever has more gives a second command.</summary>
    public int MaxEvidence { get; init; } = 20;

    /// <summary>Checks every limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range; the message names it.</exception>
    public void Check()
    {
        Require(SufficientConfidence is >= 0 and <= 1, nameof(SufficientConfidence), SufficientConfidence, "0 to 1");
        Require(MaxListedEvents is >= 2 and <= 10_000, nameof(MaxListedEvents), MaxListedEvents, "2 to 10,000");
        Require(MaxNoteLength is >= 1 and <= 100_000, nameof(MaxNoteLength), MaxNoteLength, "1 to 100,000");
        Require(MaxEvidence is >= 0 and <= 1_000, nameof(MaxEvidence), MaxEvidence, "0 to 1,000");
    }

    private static void Require(bool condition, string name, object value, string range)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}
