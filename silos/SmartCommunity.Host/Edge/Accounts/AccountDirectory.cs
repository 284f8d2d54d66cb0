using System.Threading.Channels;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>The accounts and tokens in use; one per process. What ends by a reload is put into <see cref="Changes"/>, in order.</summary>
internal sealed class AccountDirectory(IAccountStore store, AccountsFile file, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Channel<AppliedChange> _changes = Channel.CreateUnbounded<AppliedChange>();
    private volatile AccountBook _current = AccountBook.Empty;
    private long _loadedAt;
    private int _asked;
    private int _answered;

    /// <summary>The last book that could be read; <see cref="AccountBook.Empty"/> before the first.</summary>
    public AccountBook Current => _current;

    /// <summary>For the one that applies them.</summary>
    public ChannelReader<AppliedChange> Changes => _changes.Reader;

    /// <summary>How long ago the book was read.</summary>
    public TimeSpan Age => Volatile.Read(ref _answered) == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(Volatile.Read(ref _loadedAt));

    /// <summary>The book, read anew when it is known to be old.</summary>
    public ValueTask<AccountBook> ReadAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _answered) > 0 && Volatile.Read(ref _asked) == Volatile.Read(ref _answered) ? new(_current) : new(ReloadAsync(cancellationToken));

    /// <summary>Reads the store and takes the file as it is. If it fails, the next <see cref="ReadAsync"/> tries again.</summary>
    public async Task<AccountBook> ReloadAsync(CancellationToken cancellationToken)
    {
        var asked = Interlocked.Increment(ref _asked);
        await _loading.WaitAsync(cancellationToken);
        try
        {
            // Somebody who began later has answered this already.
            if (Volatile.Read(ref _answered) >= asked)
            {
                return _current;
            }

            var covers = Volatile.Read(ref _asked);
            var book = new AccountBook(await store.ReadAsync(cancellationToken), file.Current);
            var change = BookChange.Between(_current, book, file.Problem is not null);
            _current = book;
            Volatile.Write(ref _loadedAt, time.GetTimestamp());
            Volatile.Write(ref _answered, covers);
            if (!change.IsNothing)
            {
                _changes.Writer.TryWrite(new(change));
            }

            return book;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Reloads, and waits until everything that ended until then has been closed.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        var last = new AppliedChange(BookChange.Nothing);
        _changes.Writer.TryWrite(last);
        await last.Applied.WaitAsync(cancellationToken);
    }

    public void Dispose() => _loading.Dispose();
}

/// <summary>A change on its way to the endpoint.</summary>
internal sealed class AppliedChange(BookChange change)
{
    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BookChange Change => change;

    /// <summary>Completes when the change, and all before it, have been applied as far as they could.</summary>
    public Task Applied => _applied.Task;

    public void SetApplied() => _applied.TrySetResult();
}
