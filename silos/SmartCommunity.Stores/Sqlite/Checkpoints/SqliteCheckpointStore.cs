using System.Globalization;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Checkpoints;

/// <summary>Grain states in SQLite. ETags are numbers of one counter, so that none ever comes back, also after a clear.</summary>
internal sealed class SqliteCheckpointStore(SqliteDatabase database) : ICheckpointStore
{
    public ValueTask<Checkpoint?> ReadAsync(string name, string key, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var statement = connection.Prepare("SELECT state, etag FROM checkpoints WHERE name = ? AND key = ?");
            return statement.Bind(1, name).Bind(2, key).Step()
                ? new Checkpoint(statement.Bytes(0).ToArray(), statement.Int64(1).ToString(CultureInfo.InvariantCulture))
                : null;
        },
        cancellationToken);

    public ValueTask<string?> WriteAsync(string name, string key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
        database.WriteAsync(
            WriteLane.Bulk,
            connection =>
            {
                if (FindETag(connection, name, key) != expectedETag)
                {
                    return null;
                }

                var etag = NextETag(connection);
                using var statement = connection.Prepare("""
                    INSERT INTO checkpoints (name, key, etag, state) VALUES (?, ?, ?, ?)
                    ON CONFLICT (name, key) DO UPDATE SET etag = excluded.etag, state = excluded.state
                    """);
                statement.Bind(1, name).Bind(2, key).Bind(3, etag).Bind(4, state.Span).Run();
                return etag.ToString(CultureInfo.InvariantCulture);
            },
            cancellationToken);

    public ValueTask<bool> ClearAsync(string name, string key, string? expectedETag, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Bulk,
        connection =>
        {
            if (FindETag(connection, name, key) != expectedETag)
            {
                return false;
            }

            using var statement = connection.Prepare("DELETE FROM checkpoints WHERE name = ? AND key = ?");
            statement.Bind(1, name).Bind(2, key).Run();
            return true;
        },
        cancellationToken);

    private static string? FindETag(Connection connection, string name, string key)
    {
        using var statement = connection.Prepare("SELECT etag FROM checkpoints WHERE name = ? AND key = ?");
        return statement.Bind(1, name).Bind(2, key).Step() ? statement.Int64(0).ToString(CultureInfo.InvariantCulture) : null;
    }

    private static long NextETag(Connection connection)
    {
        using var statement = connection.Prepare("UPDATE counters SET value = value + 1 WHERE name = 'etag' RETURNING value");
        statement.Step();
        var etag = statement.Int64(0);
        statement.Run();
        return etag;
    }
}
