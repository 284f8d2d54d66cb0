using SQLitePCL;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>One connection to the database, used by one thread at a time, with the statements that it has prepared.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>After how many steps of SQLite's machine a reader looks whether to stop: about a millisecond's work.</summary>
    private const int StepsBetweenLooks = 20_000;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);

    // Runs once per process, before the first connection.
    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => _handle = handle;

    /// <summary>Whether a transaction is open; SQLite itself ends one after some errors.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Stops a reader's statement.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>The row id of the last insert.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Opens the writer's connection.</summary>
    /// <param name="path">The database.</param>
    /// <param name="options">The limits.</param>
    /// <param name="create">Whether to make the file when it is missing.</param>
    /// <exception cref="SqliteFailure">SQLite refuses.</exception>
    public static Connection OpenWriter(string path, SqliteStoreOptions options, bool create)
    {
        var connection = Open(path, raw.SQLITE_OPEN_READWRITE | (create ? raw.SQLITE_OPEN_CREATE : 0));
        try
        {
            // FULL: a commit has been flushed when it returns. The other modes promise less than this store does.
            connection.Execute($"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = {options.CheckpointPages};
                PRAGMA journal_size_limit = {options.CheckpointPages * 8192L};
                PRAGMA cache_size = {options.CacheMebibytes * -1024};
                PRAGMA temp_store = MEMORY;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that can not write, and that stops when <see cref="Cancellation"/> says so.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses.</exception>
    public static Connection OpenReader(string path, SqliteStoreOptions options)
    {
        var connection = Open(path, raw.SQLITE_OPEN_READONLY);
        connection.Execute($"PRAGMA cache_size = {Math.Max(1, options.CacheMebibytes / 8) * -1024}");

        // Asked rather than interrupted from outside: an interrupt between two statements would be lost.
        raw.sqlite3_progress_handler(connection._handle, StepsBetweenLooks, state => ((Connection)state).Cancellation.IsCancellationRequested ? 1 : 0, connection);
        return connection;
    }

    /// <summary>A statement out of the cache, ready for parameters. For texts that are constants.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var handle))
        {
            handle = Compile(sql);
            _statements.Add(sql, handle);
        }

        return new(_handle, handle, kept: true);
    }

    /// <summary>A statement that is freed when it is disposed. For texts that are put together.</summary>
    public Statement PrepareOnce(string sql) => new(_handle, Compile(sql), kept: false);

    /// <summary>Runs statements without parameters or answers.</summary>
    public void Execute(string sql) => SqliteFailure.Check(raw.sqlite3_exec(_handle, sql), _handle);

    /// <summary>The first column of the first row.</summary>
    public long ReadInt64(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    private static Connection Open(string path, int mode)
    {
        // Connections are never shared between threads at a time, so that SQLite needs no lock of its own (NOMUTEX).
        var code = raw.sqlite3_open_v2(path, out var handle, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            SqliteFailure.Check(code, handle);
            _ = raw.sqlite3_extended_result_codes(handle, 1);
            _ = raw.sqlite3_busy_timeout(handle, 5_000);
            return new(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private sqlite3_stmt Compile(string sql)
    {
        SqliteFailure.Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), _handle);
        return handle;
    }
}
