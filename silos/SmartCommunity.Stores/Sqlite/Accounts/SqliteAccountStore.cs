using System.Collections.Immutable;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Accounts;

/// <summary>Accounts and tokens of MQTT in SQLite.</summary>
internal sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public ValueTask<StoredCredentials> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static connection => new StoredCredentials(AccountTable.ReadAll(connection), TokenTable.ReadAll(connection)), cancellationToken);

    public ValueTask<MqttAccount?> FindAccountAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AccountTable.Find(connection, name), cancellationToken);

    public ValueTask<bool> WriteAccountAsync(MqttAccount account, long expectedVersion, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            var stored = AccountTable.Find(connection, account.Name);
            if ((stored?.Version ?? 0) != expectedVersion)
            {
                return false;
            }

            AccountTable.Put(connection, account with { Version = expectedVersion + 1, CreatedAt = stored?.CreatedAt ?? account.CreatedAt });
            return true;
        },
        cancellationToken);

    public ValueTask<bool> DeleteAccountAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            if (AccountTable.Find(connection, name) is null)
            {
                return false;
            }

            TokenTable.Remove(connection, new(name, IsDevice: false), id: null);
            AccountTable.Remove(connection, name);
            return true;
        },
        cancellationToken);

    public ValueTask<ImmutableArray<MqttToken>> ReadTokensAsync(TokenOwner owner, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => TokenTable.ReadOf(connection, owner), cancellationToken);

    public ValueTask<ImmutableArray<string>?> AddTokensAsync(
        IReadOnlyList<MqttToken> tokens, TokenRotation rotation, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent, connection => TokenRotations.Add(connection, tokens, rotation, now), cancellationToken);

    public ValueTask<ImmutableArray<string>> RevokeTokensAsync(TokenOwner owner, string? id, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent, connection => TokenTable.Remove(connection, owner, id), cancellationToken);

    public ValueTask<bool> MarkUsedAsync(IReadOnlyList<TokenUse> uses, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Bulk,
        connection =>
        {
            var ends = false;
            foreach (var use in uses)
            {
                ends |= TokenRotations.MarkUsed(connection, use);
            }

            return ends;
        },
        cancellationToken);

    public ValueTask<ImmutableArray<string>> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Bulk, connection => TokenTable.RemoveExpired(connection, now), cancellationToken);
}
