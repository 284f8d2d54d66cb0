using System.Collections.Immutable;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Outbox;

/// <summary>The outbox in SQLite.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database, OutboxTable table, OutboxSignal signal) : IOutbox
{
    public long LastSequence => signal.Last;

    public ValueTask<long> ReadOldestSequenceAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static connection =>
        {
            using var statement = connection.Prepare("SELECT min(sequence) FROM outbox");
            return statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : OutboxTable.ReadLast(connection) + 1;
        },
        cancellationToken);

    public async ValueTask AppendAsync(ImmutableArray<OutboxRow> rows, CancellationToken cancellationToken) =>
        await database.Writer.WriteAsync(WriteLane.Urgent, connection => table.Append(connection, rows), signal.Publish, cancellationToken);

    public ValueTask<ImmutableArray<OutboxEntry>> ReadAfterAsync(long sequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync(connection => ReadAfter(connection, sequence, limit), cancellationToken);
    }

    public ValueTask WaitAfterAsync(long sequence, CancellationToken cancellationToken) => signal.WaitAfterAsync(sequence, cancellationToken);

    private static ImmutableArray<OutboxEntry> ReadAfter(Connection connection, long sequence, int limit)
    {
        var entries = ImmutableArray.CreateBuilder<OutboxEntry>();
        using var statement = connection.Prepare(
            "SELECT sequence, topic, community, grid, building, subject, json, at FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?");
        statement.Bind(1, sequence).Bind(2, limit);
        while (statement.Step())
        {
            entries.Add(new(statement.Int64(0), new(
                statement.Text(1),
                statement.Text(2),
                statement.Text(3),
                statement.Text(4),
                statement.Text(5),
                statement.Bytes(6).ToArray(),
                DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(7)))));
        }

        return entries.ToImmutable();
    }
}
