namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>In which order writes are taken.</summary>
internal enum WriteLane : byte
{
    /// <summary>What a person waits for: cases, the live feed, the directory. Taken first.</summary>
    Urgent = 0,

    /// <summary>What comes in masses: samples, events, checkpoints.</summary>
    Bulk = 1,
}

/// <summary>A write that waits for the writer.</summary>
internal abstract class WriteOperation
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Withdrawn = 2;
    private int _state;

    /// <summary>Takes it up; false when its caller has given up.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Gives it up; false when it has been taken up, and will be answered.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    /// <summary>Writes, within the transaction.</summary>
    public abstract void Execute(Connection connection);

    /// <summary>It is on disk: tells whoever must know before the caller does.</summary>
    public abstract void Committed();

    /// <summary>Answers the caller.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller that it failed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A write with an answer.</summary>
/// <param name="work">Writes, within the transaction.</param>
/// <param name="committed">Hears the answer once it is on disk, on the writer's thread; must not throw.</param>
internal sealed class WriteOperation<T>(Func<Connection, T> work, Action<T>? committed) : WriteOperation
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _answer = default!;

    public Task<T> Task => _completion.Task;

    public override void Execute(Connection connection) => _answer = work(connection);

    public override void Committed() => committed?.Invoke(_answer);

    public override void Complete() => _completion.SetResult(_answer);

    public override void Fail(Exception exception) => _completion.SetException(exception);

    /// <summary>Answers the caller who gave up.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryWithdraw())
        {
            _completion.SetCanceled(cancellationToken);
        }
    }
}
