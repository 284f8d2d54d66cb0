using System.Buffers;

namespace SmartCommunity.Journal;

/// <summary>
/// Reads records from a sequence on, in order, while others append. It sees only what is on disk. One reader is for one caller at a time;
/// a journal may have many readers.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly DurableJournal _journal;
    private readonly SegmentCursor _cursor;

    internal JournalReader(DurableJournal journal, IJournalStorage storage, SegmentLog log, long fromSequence)
    {
        _journal = journal;
        _cursor = new SegmentCursor(storage, log, fromSequence);
    }

    /// <summary>The sequence that the next read starts with.</summary>
    public long NextSequence => _cursor.NextSequence;

    /// <summary>Reads the next records, at least one; waits while there is none.</summary>
    /// <param name="maxBytes">The most bytes of records; one record that is larger comes alone.</param>
    /// <param name="maxRecords">The most records.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The records; the caller owns and disposes the batch.</returns>
    /// <exception cref="JournalDamagedException">A record is damaged that was whole when the journal was opened.</exception>
    /// <exception cref="JournalTrimmedException">The records were removed.</exception>
    /// <exception cref="JournalFailedException">The journal has failed or was closed, and there is nothing more to read.</exception>
    public async ValueTask<JournalBatch> ReadAsync(int maxBytes, int maxRecords = int.MaxValue, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryRead(maxBytes, maxRecords) is { } batch)
                return batch;
            await _journal.WaitUntilDurableAsync(NextSequence, cancellationToken);
        }
    }

    /// <summary>Reads the next records, or null when none is on disk.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public JournalBatch? TryRead(int maxBytes, int maxRecords = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        var through = _journal.DurableThrough;
        if (NextSequence > through)
            return null;

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(maxBytes, SegmentCursor.SmallestRead));
        var run = default(RecordRun);
        try
        {
            while (run.Count == 0 && NextSequence <= through)
                run = _cursor.Fill(ref buffer, maxBytes, maxRecords, through);
        }
        finally
        {
            if (run.Count == 0)
                ArrayPool<byte>.Shared.Return(buffer);
        }

        return run.Count == 0 ? null : new JournalBatch(buffer, run.Bytes, run.First, run.Last, run.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor.Dispose();
}
