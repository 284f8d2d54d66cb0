namespace SmartCommunity.Journal;

/// <summary>Brings batches to the disk: one write and one flush for all that wait.</summary>
internal sealed class JournalFlusher(AppendBuffer buffer, SegmentLog log, JournalMetrics metrics, TimeProvider time, long durableThrough)
{
    private long _durableThrough = durableThrough;
    private long _writtenThrough = durableThrough;
    private volatile JournalState _state;

    internal long DurableThrough => Volatile.Read(ref _durableThrough);

    internal long LastSequence => buffer.LastSequence;

    internal JournalState State => _state;

    /// <summary>How many records the last flush carried.</summary>
    internal int LastGroup { get; private set; }

    /// <summary>Brings everything to the disk that waits at the time of the call.</summary>
    /// <returns>False when there was nothing to do, or it could not be done: <see cref="State"/> says so.</returns>
    internal bool FlushOnce()
    {
        if (buffer.TakeBatch() is not { } batch)
            return false;

        var start = time.GetTimestamp();
        try
        {
            Write(batch);
            log.Flush();
        }
        catch (JournalDiskFullException)
        {
            _state = JournalState.DiskFull;
            return false;
        }
        catch (Exception reason)
        {
            // Whatever it was: after a failed write or flush nobody knows what is on disk, and so nothing is acknowledged any more.
            Fail(new JournalFailedException($"The journal can not write: {reason.Message}", reason));
            return false;
        }

        Confirm();
        LastGroup = batch.Count;
        _state = JournalState.Running;
        metrics.Flushed(time.GetElapsedTime(start), batch.Count, batch.Bytes);
        buffer.Complete();
        return true;
    }

    internal void Fail(JournalFailedException reason)
    {
        _state = JournalState.Failed;
        buffer.Fail(reason);
    }

    private void Write(PendingBatch batch)
    {
        while (batch.Written < batch.Chunks.Count)
        {
            var chunk = batch.Chunks[batch.Written];
            log.Write(chunk.FirstSequence, chunk.Seal(_durableThrough), Confirm);
            _writtenThrough = chunk.LastSequence;
            batch.Written++;
        }
    }

    private void Confirm() => Volatile.Write(ref _durableThrough, _writtenThrough);
}
