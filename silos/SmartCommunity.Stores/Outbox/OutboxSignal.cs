namespace SmartCommunity.Stores.Outbox;

/// <summary>The last sequence that is on disk, and those who wait for a later one.</summary>
public sealed class OutboxSignal
{
    private long _last;
    private bool _closed;
    private TaskCompletionSource _next = NewSource();

    /// <summary>The last sequence that is on disk.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Rows up to a sequence are on disk. A smaller one than before changes nothing. Called by one thread at a time.</summary>
    public void Publish(long sequence)
    {
        if (sequence > Last)
        {
            Volatile.Write(ref _last, sequence);
            Interlocked.Exchange(ref _next, NewSource()).SetResult();
        }
    }

    /// <summary>Completes when <see cref="Last"/> &gt; <paramref name="sequence"/>.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed meanwhile.</exception>
    public async ValueTask WaitAfterAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            // In this order: whatever is published after the look at Last completes this very source.
            var next = Volatile.Read(ref _next).Task;
            if (Last > sequence)
            {
                return;
            }

            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), this);
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Nothing more will come: those who wait are told.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        Interlocked.Exchange(ref _next, NewSource()).TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
