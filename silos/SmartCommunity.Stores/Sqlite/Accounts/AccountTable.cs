using System.Collections.Immutable;
using System.Text.Json;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Accounts;

/// <summary>The rows of accounts.</summary>
internal static class AccountTable
{
    private const string Columns = "name, kind, enabled, publish, subscribe, certificates, version, created_at, updated_at";

    public static ImmutableArray<MqttAccount> ReadAll(Connection connection)
    {
        var accounts = ImmutableArray.CreateBuilder<MqttAccount>();
        using var statement = connection.Prepare($"SELECT {Columns} FROM mqtt_accounts ORDER BY name");
        while (statement.Step())
        {
            accounts.Add(Read(statement));
        }

        return accounts.ToImmutable();
    }

    public static MqttAccount? Find(Connection connection, string name)
    {
        using var statement = connection.Prepare($"SELECT {Columns} FROM mqtt_accounts WHERE name = ?");
        return statement.Bind(1, name).Step() ? Read(statement) : null;
    }

    public static void Put(Connection connection, MqttAccount account)
    {
        using var statement = connection.Prepare($"INSERT OR REPLACE INTO mqtt_accounts ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.Bind(1, account.Name).Bind(2, (long)account.Kind).Bind(3, account.Enabled)
            .Bind(4, Write(account.Publish)).Bind(5, Write(account.Subscribe)).Bind(6, Write(account.Certificates))
            .Bind(7, account.Version).Bind(8, account.CreatedAt.ToUnixTimeMilliseconds()).Bind(9, account.UpdatedAt.ToUnixTimeMilliseconds()).Run();
    }

    public static void Remove(Connection connection, string name)
    {
        using var statement = connection.Prepare("DELETE FROM mqtt_accounts WHERE name = ?");
        statement.Bind(1, name).Run();
    }

    private static MqttAccount Read(Statement statement) => new(
        statement.Text(0),
        (AccountKind)statement.Int64(1),
        statement.Int64(2) != 0,
        ReadList(statement.Bytes(3)),
        ReadList(statement.Bytes(4)),
        ReadList(statement.Bytes(5)),
        statement.Int64(6),
        DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(7)),
        DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(8)));

    private static string Write(ImmutableArray<string> list) => JsonSerializer.Serialize(list.AsSpan().ToArray());

    private static ImmutableArray<string> ReadList(ReadOnlySpan<byte> json) => [.. JsonSerializer.Deserialize<string[]>(json) ?? []];
}
