using System.Collections.Concurrent;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>The connections that read. They see what is committed, and never wait for the writer (WAL).</summary>
internal sealed class ReaderPool(string path, SqliteStoreOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Readers, options.Readers);
    private readonly ConcurrentBag<Connection> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads with a connection of its own, on the caller's thread.</summary>
    /// <param name="work">Reads; all its statements see the same state of the database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Faults.StoreUnavailableException">The disk is failing.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        await _free.WaitAsync(cancellationToken);
        try
        {
            return Read(work, cancellationToken);
        }
        catch (SqliteFailure failure) when (failure.IsInterrupt)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteFailure failure) when (failure.IsOfTheStore)
        {
            throw failure.ToUnavailable();
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private T Read<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        var connection = _idle.TryTake(out var idle) ? idle : Connection.OpenReader(path, options);
        var sound = false;
        try
        {
            connection.Cancellation = cancellationToken;
            var answer = InOneSnapshot(connection, work);
            sound = true;
            return answer;
        }
        finally
        {
            // After an error the connection may be in any state; a new one costs little.
            if (sound && !_closed)
            {
                _idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private static T InOneSnapshot<T>(Connection connection, Func<Connection, T> work)
    {
        using (var begin = connection.Prepare("BEGIN"))
        {
            begin.Run();
        }

        var answer = work(connection);
        using var end = connection.Prepare("COMMIT");
        end.Run();
        return answer;
    }
}
