using Microsoft.Extensions.Logging;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>The open database: one writer, some readers, and the lock that keeps a second process out.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly ReaderPool _readers;
    private readonly StoreMetrics _metrics;
    private int _disposed;

    private SqliteDatabase(string path, FileStream fileLock, Writer writer, ReaderPool readers, StoreMetrics metrics, ILogger logger) =>
        (_path, _lock, Writer, _readers, _metrics, _logger) = (path, fileLock, writer, readers, metrics, logger);

    /// <summary>The one writer.</summary>
    public Writer Writer { get; }

    /// <summary>Opens the database of a data folder, makes it when it is missing, and brings it to the newest version.</summary>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock of group commits.</param>
    /// <param name="metrics">Owned by the database from here on.</param>
    /// <param name="logger">Hears of opening and faults.</param>
    /// <param name="prepare">Reads what is kept in memory, before anything is written; also after every fault.</param>
    /// <exception cref="StoreOpenException">The folder can not be written, or the file is in use, foreign, damaged or newer.</exception>
    public static SqliteDatabase Open(SqliteStoreOptions options, TimeProvider time, StoreMetrics metrics, ILogger logger, Action<Connection> prepare)
    {
        options.Check();
        var folder = Path.GetFullPath(options.DataFolder);
        var path = Path.Combine(folder, SqliteStoreOptions.FileName);
        var fileLock = Lock(folder, path + ".lock");
        Connection? connection = null;
        try
        {
            connection = OpenWriter(path, options);
            var before = Migrate(connection, path);
            prepare(connection);
            var writer = new Writer(path, options, time, metrics, logger, connection, prepare);
            writer.Start();
            StoreLog.Opened(logger, path, before, Migrations.Latest);
            return new(path, fileLock, writer, new(path, options), metrics, logger);
        }
        catch
        {
            connection?.Dispose();
            fileLock.Dispose();
            metrics.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Writer.WriteAsync{T}"/>
    public ValueTask<T> WriteAsync<T>(WriteLane lane, Func<Connection, T> work, CancellationToken cancellationToken) =>
        Writer.WriteAsync(lane, work, committed: null, cancellationToken);

    /// <summary>Writes without an answer.</summary>
    public async ValueTask WriteAsync(WriteLane lane, Action<Connection> work, CancellationToken cancellationToken) =>
        await Writer.WriteAsync(lane, Answerless(work), committed: null, cancellationToken);

    /// <inheritdoc cref="ReaderPool.ReadAsync{T}"/>
    public ValueTask<T> ReadAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken) => _readers.ReadAsync(work, cancellationToken);

    /// <summary>Does what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _readers.Dispose();
            await Writer.StopAsync();
            await _lock.DisposeAsync();
            _metrics.Dispose();
            StoreLog.Closed(_logger, _path);
        }
    }

    private static Func<Connection, bool> Answerless(Action<Connection> work) => connection =>
    {
        work(connection);
        return true;
    };

    private static FileStream Lock(string folder, string path)
    {
        try
        {
            System.IO.Directory.CreateDirectory(folder);
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new StoreOpenException($"The data folder '{folder}' is in use by another process; stop it, or choose another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new StoreOpenException($"The data folder '{folder}' can not be written: {OneLine(exception)} Choose another folder, or change its rights.", exception);
        }
    }

    private static Connection OpenWriter(string path, SqliteStoreOptions options)
    {
        try
        {
            return Connection.OpenWriter(path, options, create: true);
        }
        catch (SqliteFailure failure)
        {
            throw new StoreOpenException($"'{path}' can not be opened as a database ({OneLine(failure)}); move it away, or choose another data folder.", failure);
        }
    }

    private static int Migrate(Connection connection, string path)
    {
        try
        {
            var mark = connection.ReadInt64("PRAGMA application_id");
            if (mark != Migrations.ApplicationId && (mark != 0 || connection.ReadInt64("SELECT count(*) FROM sqlite_master") > 0))
            {
                throw new StoreOpenException($"'{path}' is a database of another program; move it away, or choose another data folder.");
            }

            var version = connection.ReadInt64("PRAGMA user_version");
            return version <= Migrations.Latest
                ? Migrations.Apply(connection)
                : throw new StoreOpenException(
                    $"'{path}' was written by a newer version of this program (schema {version}, this one knows {Migrations.Latest}); use that version.");
        }
        catch (SqliteFailure failure)
        {
            throw new StoreOpenException($"'{path}' can not be brought to schema {Migrations.Latest} ({OneLine(failure)}); restore a backup.", failure);
        }
    }

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
