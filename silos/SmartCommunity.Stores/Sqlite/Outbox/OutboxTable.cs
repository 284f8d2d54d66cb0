using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Outbox;

/// <summary>Writes to the outbox, within any transaction, and trims it lazily. Used on the writer's thread only.</summary>
internal sealed class OutboxTable(SqliteStoreOptions options, TimeProvider time)
{
    /// <summary>After how many new rows old ones are looked for: seldom enough to cost nothing, often enough that the excess does not matter.</summary>
    private const int TrimEvery = 500;

    /// <summary>How many rows one trimming removes at most: more than come meanwhile, and a few milliseconds' work.</summary>
    private const int TrimAtMost = 2_000;

    private int _sinceTrim;

    /// <summary>Appends rows; their sequences follow each other without gaps.</summary>
    /// <returns>The last sequence, or 0 when there are no rows.</returns>
    public long Append(Connection connection, IReadOnlyList<OutboxRow> rows)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        using (var statement = connection.Prepare("INSERT INTO outbox (topic, community, grid, building, subject, at, json) VALUES (?, ?, ?, ?, ?, ?, ?)"))
        {
            foreach (var row in rows)
            {
                statement.Bind(1, row.Topic).Bind(2, row.Community).Bind(3, row.Grid).Bind(4, row.Building).Bind(5, row.Subject)
                    .Bind(6, row.At.ToUnixTimeMilliseconds()).Bind(7, row.Json.Span).Run();
            }
        }

        var last = connection.LastRowId;
        _sinceTrim += rows.Count;
        if (_sinceTrim >= TrimEvery)
        {
            _sinceTrim = 0;
            Trim(connection, last);
        }

        return last;
    }

    /// <summary>The last sequence that was given.</summary>
    public static long ReadLast(Connection connection) => connection.ReadInt64("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");

    // Rows stand in the order of their time, near enough: the oldest are looked at, and those that are too old or too many go.
    private void Trim(Connection connection, long last)
    {
        using var statement = connection.Prepare("""
            DELETE FROM outbox WHERE sequence <= (
                SELECT max(sequence) FROM (SELECT sequence, at FROM outbox ORDER BY sequence LIMIT ?1) WHERE at < ?2 OR sequence <= ?3)
            """);
        statement.Bind(1, TrimAtMost).Bind(2, (time.GetUtcNow() - options.OutboxRetention).ToUnixTimeMilliseconds()).Bind(3, last - options.OutboxRows).Run();
    }
}
