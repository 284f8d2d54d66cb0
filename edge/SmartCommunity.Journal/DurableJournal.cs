namespace SmartCommunity.Journal;

/// <summary>
/// An append-only log on disk with group commit. One process has it open; any number of threads append, wait and read.
/// </summary>
public sealed class DurableJournal : IDisposable, IAsyncDisposable
{
    private const string LockName = "journal.lock";

    private readonly JournalOptions _options;
    private readonly IJournalStorage _storage;
    private readonly IDisposable _folderLock;
    private readonly SegmentLog _log;
    private readonly AppendBuffer _buffer;
    private readonly JournalFlusher _flusher;
    private readonly JournalMetrics _metrics;
    private readonly FlushThread? _thread;
    private int _disposed;

    private DurableJournal(IJournalStorage storage, JournalOptions options, TimeProvider time, IDisposable folderLock)
    {
        _options = options;
        _storage = storage;
        _folderLock = folderLock;
        storage.Delete(SegmentFormat.SpareName);
        var recovered = new JournalRecovery(storage, options).Run();
        var next = recovered?.NextSequence ?? Math.Max(options.FirstSequence, options.TakenOverThrough + 1);
        Recovery = recovered?.Report ?? new RecoveryReport(next, next - 1, 0, Tail: null, [], options.TakenOverThrough);
        _log = new SegmentLog(storage, options, recovered);
        _buffer = new AppendBuffer(options, next - 1);
        _metrics = new JournalMetrics(() => LastSequence - FirstSequence + 1, () => _buffer.PendingBytes);
        _flusher = new JournalFlusher(_buffer, _log, _metrics, time, next - 1);
        _thread = options.OwnThread ? new FlushThread(_flusher, options, time) : null;
    }

    /// <summary>What opening found on disk.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Whether records are taken now.</summary>
    public JournalState State => _flusher.State;

    /// <summary>The oldest sequence that can be read; the next one to be given when there is none.</summary>
    public long FirstSequence => _log.Segments is [var first, ..] ? first.FirstSequence : Recovery.FirstSequence;

    /// <summary>The newest sequence that was given; it need not be on disk yet.</summary>
    public long LastSequence => _buffer.LastSequence;

    /// <summary>Everything up to this sequence is on disk.</summary>
    public long DurableThrough => _flusher.DurableThrough;

    /// <summary>Bytes that are appended and not on disk yet.</summary>
    public long PendingBytes => _buffer.PendingBytes;

    /// <summary>Opens the journal in a folder, or begins one there.</summary>
    /// <exception cref="JournalInUseException">Another process has it open.</exception>
    /// <exception cref="JournalDamagedException">Acknowledged records are lost, and the options say to refuse then.</exception>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static DurableJournal Open(string folder, JournalOptions? options = null, TimeProvider? time = null)
        => Open(new FolderStorage(folder), options, time);

    /// <summary>Opens the journal in a storage, or begins one there.</summary>
    /// <inheritdoc cref="Open(string, JournalOptions?, TimeProvider?)"/>
    public static DurableJournal Open(IJournalStorage storage, JournalOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        options ??= new JournalOptions();
        options.Validate();
        var folderLock = storage.Lock(LockName);
        try
        {
            return new DurableJournal(storage, options, time ?? TimeProvider.System, folderLock);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Appends a record without waiting for anything, also when more than <see cref="JournalOptions.MaxPendingBytes"/> wait.</summary>
    /// <param name="payload">Copied before the call returns.</param>
    /// <returns>Its sequence; it is on disk when <see cref="DurableThrough"/> has reached it.</returns>
    /// <exception cref="JournalFailedException">The journal takes nothing any more.</exception>
    /// <exception cref="ArgumentException">The payload is larger than <see cref="JournalOptions.MaxRecordBytes"/>.</exception>
    public long Append(ReadOnlySpan<byte> payload)
    {
        var sequence = _buffer.Append(payload);
        _thread?.Signal(sequence);
        return sequence;
    }

    /// <summary>Appends a record; waits first while <see cref="JournalOptions.MaxPendingBytes"/> or more are not on disk.</summary>
    /// <param name="payload">Must not change until the task completes.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing was appended.</param>
    /// <inheritdoc cref="Append"/>
    public ValueTask<long> AppendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        if (!_buffer.TryAppend(payload.Span, out var sequence, out var room))
            return AppendLaterAsync(payload, room, cancellationToken);
        _thread?.Signal(sequence);
        return new ValueTask<long>(sequence);
    }

    /// <summary>Completes when <see cref="DurableThrough"/> has reached a sequence, which may be one that is not given yet.</summary>
    /// <exception cref="JournalFailedException">It will not get there.</exception>
    public ValueTask WaitUntilDurableAsync(long sequence, CancellationToken cancellationToken = default)
    {
        if (sequence <= DurableThrough)
            return ValueTask.CompletedTask;

        // Appended already and nothing to cancel: the batch's own task serves all who wait for it.
        if (sequence > LastSequence || cancellationToken.CanBeCanceled)
            return WaitLongAsync(sequence, cancellationToken);
        var done = _buffer.DoneOf(sequence);
        return sequence <= DurableThrough ? ValueTask.CompletedTask : new ValueTask(done);
    }

    /// <summary>Starts to read at a sequence.</summary>
    /// <param name="fromSequence">The first one to read; it may be in the future.</param>
    /// <exception cref="JournalTrimmedException">It is no longer there.</exception>
    public JournalReader OpenReader(long fromSequence)
        => fromSequence < FirstSequence
            ? throw new JournalTrimmedException(fromSequence, FirstSequence)
            : new JournalReader(this, _storage, _log, fromSequence);

    /// <summary>Deletes the segment files whose records are all at or below a sequence. The one that is written to stays.</summary>
    /// <returns>How many files were deleted.</returns>
    public int TrimThrough(long sequence)
    {
        var count = _log.TrimThrough(Math.Min(sequence, DurableThrough));
        if (count > 0)
            _thread?.Retry();
        return count;
    }

    /// <summary>Flushes what waits, on the caller's thread. For journals without <see cref="JournalOptions.OwnThread"/> only.</summary>
    /// <returns>False when nothing was waiting, or it could not be flushed; <see cref="State"/> tells which.</returns>
    public bool FlushPending()
        => _thread is null ? _flusher.FlushOnce() : throw new InvalidOperationException("This journal flushes on its own thread.");

    /// <summary>Flushes what waits and closes. What could not be flushed is not acknowledged.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        _thread?.Dispose();
        while (_flusher.FlushOnce())
        {
            // What came while the thread was ending.
        }

        var clean = State == JournalState.Running;
        _flusher.Fail(new JournalFailedException("The journal is closed."));
        try
        {
            if (clean)
                _log.WriteClosingMark(DurableThrough);
        }
        finally
        {
            _log.Dispose();
            _metrics.Dispose();
            _folderLock.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    private async ValueTask<long> AppendLaterAsync(ReadOnlyMemory<byte> payload, Task room, CancellationToken cancellationToken)
    {
        while (true)
        {
            await room.WaitAsync(cancellationToken);
            if (_buffer.TryAppend(payload.Span, out var sequence, out room))
            {
                _thread?.Signal(sequence);
                return sequence;
            }
        }
    }

    private async ValueTask WaitLongAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            // First the task, then the number: a flush that ends between the two has raised the number before it let its batch go.
            var done = _buffer.DoneOf(sequence);
            if (sequence <= DurableThrough)
                return;
            await done.WaitAsync(cancellationToken);
        }
    }
}
