using System.Collections.Immutable;

namespace SmartCommunity.Stores.Outbox;

/// <summary>
/// Every transition and every change of a device's or building's summary worth showing, with one rising sequence per deployment. The live
/// feed is that sequence; notifications are worked off the same rows.
/// </summary>
public interface IOutbox
{
    /// <summary>The last sequence that is on disk; 0 when there is none.</summary>
    long LastSequence { get; }

    /// <summary>The oldest sequence that is still kept; a reader that was away for longer must read the state anew.</summary>
    ValueTask<long> ReadOldestSequenceAsync(CancellationToken cancellationToken);

    /// <summary>Appends rows that belong to no incident (devices, buildings).</summary>
    ValueTask AppendAsync(ImmutableArray<OutboxRow> rows, CancellationToken cancellationToken);

    /// <summary>Rows after a sequence, oldest first.</summary>
    ValueTask<ImmutableArray<OutboxEntry>> ReadAfterAsync(long sequence, int limit, CancellationToken cancellationToken);

    /// <summary>Completes when <see cref="LastSequence"/> &gt; <paramref name="sequence"/>.</summary>
    ValueTask WaitAfterAsync(long sequence, CancellationToken cancellationToken);
}

/// <summary>A row to append.</summary>
/// <param name="Topic"><c>incident</c>, <c>device</c> or <c>building</c>.</param>
/// <param name="Community">Whose.</param>
/// <param name="Grid">In which grid, or empty.</param>
/// <param name="Building">In which building, or empty.</param>
/// <param name="Subject">The incident's, device's or building's id.</param>
/// <param name="Json">What the live feed sends, in UTF-8 JSON.</param>
/// <param name="At">When.</param>
public sealed record OutboxRow(string Topic, string Community, string Grid, string Building, string Subject, ReadOnlyMemory<byte> Json, DateTimeOffset At);

/// <summary>A row with its sequence.</summary>
public sealed record OutboxEntry(long Sequence, OutboxRow Row);
