using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Directory;

/// <summary>Community files and hashed passwords in SQLite.</summary>
internal sealed class SqliteDirectoryStore(SqliteDatabase database) : IDirectoryStore
{
    public ValueTask<ImmutableArray<StoredCommunity>> ReadCommunitiesAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static connection =>
        {
            var communities = ImmutableArray.CreateBuilder<StoredCommunity>();
            using var statement = connection.Prepare("""
                SELECT id, yaml, version, at FROM communities AS c
                WHERE version = (SELECT max(version) FROM communities AS other WHERE other.id = c.id) ORDER BY id
                """);
            while (statement.Step())
            {
                communities.Add(new(
                    CommunityId.FromTrusted(statement.Text(0)),
                    statement.Text(1),
                    statement.Int64(2),
                    DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(3))));
            }

            return communities.ToImmutable();
        },
        cancellationToken);

    public ValueTask<bool> WriteCommunityAsync(
        CommunityId id, string yaml, long expectedVersion, DateTimeOffset at, string actor, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            if (FindVersion(connection, id) != expectedVersion)
            {
                return false;
            }

            using var statement = connection.Prepare("INSERT INTO communities (id, version, yaml, at, actor) VALUES (?, ?, ?, ?, ?)");
            statement.Bind(1, id.Value).Bind(2, expectedVersion + 1).Bind(3, yaml).Bind(4, at.ToUnixTimeMilliseconds()).Bind(5, actor).Run();
            return true;
        },
        cancellationToken);

    public ValueTask<string?> FindPasswordHashAsync(PersonId person, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var statement = connection.Prepare("SELECT hash FROM passwords WHERE person = ?");
            return statement.Bind(1, person.Value).Step() ? statement.Text(0) : null;
        },
        cancellationToken);

    public ValueTask SetPasswordHashAsync(PersonId person, string hash, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            using var statement = connection.Prepare("INSERT OR REPLACE INTO passwords (person, hash) VALUES (?, ?)");
            statement.Bind(1, person.Value).Bind(2, hash).Run();
        },
        cancellationToken);

    private static long FindVersion(Connection connection, CommunityId id)
    {
        using var statement = connection.Prepare("SELECT max(version) FROM communities WHERE id = ?");
        return statement.Bind(1, id.Value).Step() ? statement.Int64(0) : 0;
    }
}
