using System.Collections.Immutable;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Accounts;

/// <summary>The rows of tokens.</summary>
internal static class TokenTable
{
    private const string Columns = "id, owner, is_device, hash, created_at, last_used_at, expires_at, successor, grace";

    public static ImmutableArray<MqttToken> ReadAll(Connection connection)
    {
        using var statement = connection.Prepare($"SELECT {Columns} FROM mqtt_tokens ORDER BY is_device, owner, created_at, id");
        return ReadRows(statement);
    }

    public static ImmutableArray<MqttToken> ReadOf(Connection connection, TokenOwner owner)
    {
        using var statement = connection.Prepare($"SELECT {Columns} FROM mqtt_tokens WHERE is_device = ? AND owner = ? ORDER BY created_at, id");
        return ReadRows(statement.Bind(1, owner.IsDevice).Bind(2, owner.Name));
    }

    public static void Put(Connection connection, MqttToken token)
    {
        using var statement = connection.Prepare($"INSERT OR REPLACE INTO mqtt_tokens ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.Bind(1, token.Id).Bind(2, token.Owner.Name).Bind(3, token.Owner.IsDevice).Bind(4, token.Hash.Span).Bind(5, token.CreatedAt.ToUnixTimeMilliseconds())
            .Bind(8, token.Successor).Bind(9, (long)token.Grace.TotalMilliseconds);
        BindTime(statement, 6, token.LastUsedAt);
        BindTime(statement, 7, token.ExpiresAt);
        statement.Run();
    }

    /// <summary>Removes one token of an owner, or all of them.</summary>
    public static ImmutableArray<string> Remove(Connection connection, TokenOwner owner, string? id)
    {
        using var statement = connection.Prepare("DELETE FROM mqtt_tokens WHERE is_device = ?1 AND owner = ?2 AND (?3 IS NULL OR id = ?3) RETURNING id");
        return ReadIds(statement.Bind(1, owner.IsDevice).Bind(2, owner.Name).Bind(3, id));
    }

    public static ImmutableArray<string> RemoveExpired(Connection connection, DateTimeOffset now)
    {
        using var statement = connection.Prepare("DELETE FROM mqtt_tokens WHERE expires_at <= ? RETURNING id");
        return ReadIds(statement.Bind(1, now.ToUnixTimeMilliseconds()));
    }

    private static ImmutableArray<string> ReadIds(Statement statement)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        while (statement.Step())
        {
            ids.Add(statement.Text(0));
        }

        return ids.ToImmutable();
    }

    private static ImmutableArray<MqttToken> ReadRows(Statement statement)
    {
        var tokens = ImmutableArray.CreateBuilder<MqttToken>();
        while (statement.Step())
        {
            tokens.Add(new(
                statement.Text(0),
                new(statement.Text(1), statement.Int64(2) != 0),
                statement.Bytes(3).ToArray(),
                DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(4)),
                ReadTime(statement, 5),
                ReadTime(statement, 6),
                statement.TextOrNull(7),
                TimeSpan.FromMilliseconds(statement.Int64(8))));
        }

        return tokens.ToImmutable();
    }

    private static DateTimeOffset? ReadTime(Statement statement, int column) =>
        statement.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(column));

    private static void BindTime(Statement statement, int index, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            statement.Bind(index, at.ToUnixTimeMilliseconds());
        }
        else
        {
            statement.Bind(index, (string?)null);
        }
    }
}
