namespace SmartCommunity.Journal;

/// <summary>All records that one flush brings to the disk, and those who wait for it.</summary>
internal sealed class PendingBatch
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal List<RecordChunk> Chunks { get; } = [];

    /// <summary>How many of <see cref="Chunks"/> are written; a batch that a full disk interrupted goes on from here.</summary>
    internal int Written { get; set; }

    internal long LastSequence { get; private set; }
    internal long Bytes { get; private set; }
    internal int Count { get; private set; }

    /// <summary>Completes when all of the batch is on disk; fails with <see cref="JournalFailedException"/> when it can not be brought there.</summary>
    internal Task Done => _done.Task;

    internal void Add(long sequence, int bytes)
    {
        LastSequence = sequence;
        Bytes += bytes;
        Count++;
    }

    internal void Complete() => _done.TrySetResult();

    internal void Fail(JournalFailedException reason)
    {
        _done.TrySetException(reason);

        // Nobody may be waiting; then nobody is to be told that nobody looked.
        _ = _done.Task.Exception;
    }
}
