namespace SmartCommunity.Journal;

/// <summary>The thread that flushes as long as something waits, and tries a full disk again now and then.</summary>
internal sealed class FlushThread : IDisposable
{
    private readonly ManualResetEventSlim _work = new();
    private readonly JournalFlusher _flusher;
    private readonly Thread _thread;
    private readonly ITimer _retry;
    private volatile bool _stopping;

    internal FlushThread(JournalFlusher flusher, TimeProvider time, TimeSpan retryInterval)
    {
        _flusher = flusher;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal flush" };
        _thread.Start();
        _retry = time.CreateTimer(static state => ((FlushThread)state!).Retry(), this, retryInterval, retryInterval);
    }

    /// <summary>Something was appended. While the disk is full this does not hurry anything; the timer and a trim do.</summary>
    internal void Signal()
    {
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
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _work.Wait();
            _work.Reset();
            while (_flusher.FlushOnce())
            {
                // One after the other: what came meanwhile goes with the next.
            }
        }
    }
}
