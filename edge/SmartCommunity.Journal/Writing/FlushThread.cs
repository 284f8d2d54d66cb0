namespace SmartCommunity.Journal;

/// <summary>
/// The thread that flushes as long as something waits, and tries a full disk again now and then. While records come in quickly it lets a group gather
/// before it flushes: each flush wakes every publisher that waits for it, and that costs more than the flush.
/// </summary>
internal sealed class FlushThread : IDisposable
{
    private readonly ManualResetEventSlim _work = new();
    private readonly ManualResetEventSlim _enough = new(initialState: false, spinCount: 0);
    private readonly JournalFlusher _flusher;
    private readonly JournalOptions _options;
    private readonly Thread _thread;
    private readonly ITimer _retry;
    private long _enoughAt = long.MaxValue;
    private volatile bool _stopping;

    internal FlushThread(JournalFlusher flusher, JournalOptions options, TimeProvider time)
    {
        (_flusher, _options) = (flusher, options);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal flush" };
        _thread.Start();
        _retry = time.CreateTimer(static state => ((FlushThread)state!).Retry(), this, options.DiskFullRetry, options.DiskFullRetry);
    }

    /// <summary>Something was appended. While the disk is full this does not hurry anything; the timer and a trim do.</summary>
    /// <param name="sequence">The sequence of the newest record.</param>
    internal void Signal(long sequence)
    {
        if (sequence >= Volatile.Read(ref _enoughAt))
            _enough.Set();
        if (!_work.IsSet && _flusher.State != JournalState.DiskFull)
            _work.Set();
    }

    /// <summary>Tries a full disk again.</summary>
    internal void Retry()
    {
        if (_flusher.State == JournalState.DiskFull)
            _work.Set();
    }

    /// <summary>Flushes what waits, and ends.</summary>
    public void Dispose()
    {
        _retry.Dispose();
        _stopping = true;
        _work.Set();
        _enough.Set();
        _thread.Join();
        _work.Dispose();
        _enough.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _work.Wait();
            _work.Reset();
            do
                Gather();
            while (_flusher.FlushOnce());
        }
    }

    // Only where the last group says that more are about to come; whoever is alone is not kept waiting.
    private void Gather()
    {
        if (_flusher.LastGroup < _options.GatherFrom || _options.GatherTime == TimeSpan.Zero)
            return;

        _enough.Reset();
        Volatile.Write(ref _enoughAt, _flusher.DurableThrough + _options.GatherRecords);

        // The store above must be seen before the number below is read, or an append in between would wake nobody.
        Interlocked.MemoryBarrier();
        if (_flusher.LastSequence < _enoughAt && !_stopping)
            _enough.Wait(_options.GatherTime);
        Volatile.Write(ref _enoughAt, long.MaxValue);
    }
}
