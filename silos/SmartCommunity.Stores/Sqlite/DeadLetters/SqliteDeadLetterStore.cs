using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.DeadLetters;

/// <summary>Dead letters in SQLite.</summary>
internal sealed class SqliteDeadLetterStore(SqliteDatabase database) : IDeadLetterStore
{
    public ValueTask AppendAsync(IReadOnlyList<StoredDeadLetter> letters, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Bulk,
        connection =>
        {
            using var statement = connection.Prepare("""
                INSERT INTO dead_letters (gateway, sequence, received_at, topic, payload, publisher, decoder, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (gateway, sequence) DO NOTHING
                """);
            foreach (var (gateway, sequence, receivedAt, letter) in letters)
            {
                statement.Bind(1, gateway).Bind(2, sequence).Bind(3, receivedAt.ToUnixTimeMilliseconds()).Bind(4, letter.Topic).Bind(5, letter.Payload.Span)
                    .Bind(6, letter.Publisher?.Value).Bind(7, letter.Decoder).Bind(8, letter.Reason).Run();
            }
        },
        cancellationToken);

    public ValueTask<DeadLetterPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        Keyset.CheckLimit(limit);
        var after = Keyset.Parse(cursor);
        return database.ReadAsync(connection => List(connection, after, limit), cancellationToken);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static connection => connection.ReadInt64("SELECT count(*) FROM dead_letters"), cancellationToken);

    private static DeadLetterPage List(Connection connection, Keyset after, int limit)
    {
        var letters = ImmutableArray.CreateBuilder<StoredDeadLetter>();
        var last = after;
        using var statement = connection.Prepare("""
            SELECT received_at, number, gateway, sequence, topic, payload, publisher, decoder, reason FROM dead_letters
            WHERE (received_at, number) < (?, ?) ORDER BY received_at DESC, number DESC LIMIT ?
            """);
        statement.Bind(1, after.Time).Bind(2, after.Number).Bind(3, limit + 1);
        while (statement.Step())
        {
            if (letters.Count == limit)
            {
                return new(letters.ToImmutable(), last.ToString());
            }

            last = new(statement.Int64(0), statement.Int64(1));
            DeviceId? publisher = statement.TextOrNull(6) is { } id ? DeviceId.FromTrusted(id) : null;
            letters.Add(new(
                statement.Text(2),
                statement.Int64(3),
                DateTimeOffset.FromUnixTimeMilliseconds(last.Time),
                new(statement.Text(4), statement.Bytes(5).ToArray(), publisher, statement.Text(7), statement.Text(8))));
        }

        return new(letters.ToImmutable(), null);
    }
}
