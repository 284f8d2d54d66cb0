using Microsoft.Extensions.Logging;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>
/// The one thread that writes. It takes everything that waits into one transaction and flushes once (group commit). Each write has its own savepoint, so
/// that one
/// that fails undoes only itself; a fault of the disk fails the whole group, and the next group begins with a new connection.
/// </summary>
internal sealed class Writer
{
    private readonly string _path;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _logger;
    private readonly WriteQueue _queue;
    private readonly List<WriteOperation> _group = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<Connection> _prepare;
    private Connection? _connection;

    /// <param name="path">The database.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">Measures the groups.</param>
    /// <param name="metrics">Hears of groups and failures.</param>
    /// <param name="logger">Hears of failures.</param>
    /// <param name="connection">The first connection, prepared; owned by the writer from here on.</param>
    /// <param name="prepare">Hears of every further connection, before it is used: what is kept in memory must be read anew.</param>
    public Writer(
        string path, SqliteStoreOptions options, TimeProvider time, StoreMetrics metrics, ILogger logger, Connection connection, Action<Connection> prepare)
    {
        (_path, _options, _time, _metrics, _logger, _connection, _prepare) = (path, options, time, metrics, logger, connection, prepare);
        _queue = new(options.MaxWaitingWrites);
        metrics.ObserveWaiting(() => _queue.Count);
    }

    public void Start() => new Thread(Run) { IsBackground = true, Name = "stores-writer" }.Start();

    /// <summary>Writes, and returns when it is on disk.</summary>
    /// <param name="lane">How urgent it is.</param>
    /// <param name="work">Writes on the writer's thread, within a transaction; it must not block and must not keep the connection.</param>
    /// <param name="committed">Hears the answer once it is on disk, before the caller does.</param>
    /// <param name="cancellationToken">Withdraws it as long as it waits; once it is taken up it is done and answered.</param>
    /// <exception cref="StoreUnavailableException">The disk is full or failing.</exception>
    public async ValueTask<T> WriteAsync<T>(WriteLane lane, Func<Connection, T> work, Action<T>? committed, CancellationToken cancellationToken)
    {
        var operation = new WriteOperation<T>(work, committed);
        await _queue.EnqueueAsync(lane, operation, cancellationToken);
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((WriteOperation<T>)state!).Cancel(token), operation);
        return await operation.Task;
    }

    /// <summary>Does what waits, and ends.</summary>
    public async ValueTask StopAsync()
    {
        _queue.Close();
        await _ended.Task;
        _queue.Dispose();
    }

    private void Run()
    {
        _options.WriterStarting?.Invoke();
        while (_queue.WaitForWork())
        {
            RunGroup();
        }

        _connection?.Dispose();
        _ended.SetResult();
    }

    private void RunGroup()
    {
        _group.Clear();
        var started = _time.GetTimestamp();
        try
        {
            var connection = Connect();
            Run(connection, "BEGIN IMMEDIATE");
            TakeGroup(connection, started);
            Run(connection, "COMMIT");
        }
        catch (Exception exception)
        {
            Abandon(exception);
            return;
        }

        _metrics.GroupCommitted(_group.Count, _time.GetElapsedTime(started));
        _group.ForEach(operation => operation.Committed());
        _group.ForEach(operation => operation.Complete());
    }

    private void TakeGroup(Connection connection, long started)
    {
        var tookBulk = false;
        while (_group.Count < _options.MaxGroup && _time.GetElapsedTime(started) < _options.MaxGroupTime)
        {
            if (_queue.TryTake(WriteLane.Urgent) is { } urgent)
            {
                Execute(connection, urgent);
            }
            else if (_queue.TryTake(WriteLane.Bulk) is { } bulk)
            {
                Execute(connection, bulk);
                tookBulk = true;
            }
            else
            {
                return;
            }
        }

        // At least one of the bulk lane each time, so that it is never starved.
        if (!tookBulk && _queue.TryTake(WriteLane.Bulk) is { } last)
        {
            Execute(connection, last);
        }
    }

    private void Execute(Connection connection, WriteOperation operation)
    {
        // In the group before anything can fail: whatever happens, its caller is answered.
        _group.Add(operation);
        Run(connection, "SAVEPOINT operation");
        try
        {
            operation.Execute(connection);
        }
        catch (Exception exception) when (connection.InTransaction && exception is not SqliteFailure { IsOfTheStore: true })
        {
            Run(connection, "ROLLBACK TO operation");
            Run(connection, "RELEASE operation");
            _group.RemoveAt(_group.Count - 1);
            _metrics.OperationFailed();
            operation.Fail(exception);
            return;
        }

        Run(connection, "RELEASE operation");
    }

    private static void Run(Connection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        statement.Run();
    }

    private Connection Connect()
    {
        if (_connection is null)
        {
            _connection = Connection.OpenWriter(_path, _options, create: false);
            _prepare(_connection);
            StoreLog.Recovered(_logger, _path);
        }

        return _connection;
    }

    /// <summary>Nothing of the group is certain. Whoever is in it, and whoever waits behind it, hears so at once rather than waiting for a disk.</summary>
    private void Abandon(Exception exception)
    {
        StoreLog.GroupFailed(_logger, _group.Count, exception);
        _connection?.Dispose();
        _connection = null;
        for (var operation = Next(); operation is not null; operation = Next())
        {
            _group.Add(operation);
        }

        var unavailable = exception is SqliteFailure failure
            ? failure.ToUnavailable()
            : new StoreUnavailableException($"The store can not be used now: {exception.Message}", exception);
        _metrics.GroupFailed(_group.Count);
        _group.ForEach(operation => operation.Fail(unavailable));

        WriteOperation? Next() => _queue.TryTake(WriteLane.Urgent) ?? _queue.TryTake(WriteLane.Bulk);
    }
}
