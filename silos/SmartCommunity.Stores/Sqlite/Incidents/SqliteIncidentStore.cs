using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Incidents;

/// <summary>Cases in SQLite: the snapshot as JSON, beside it the columns that lists filter by.</summary>
internal sealed class SqliteIncidentStore(SqliteDatabase database, IncidentTable table, OutboxSignal signal) : IIncidentStore
{
    public async ValueTask<IncidentCommitResult> CommitAsync(IncidentCommit commit, CancellationToken cancellationToken)
    {
        var (result, _) = await database.Writer.WriteAsync(
            WriteLane.Urgent, connection => table.Commit(connection, commit), written => signal.Publish(written.LastSequence), cancellationToken);
        return result;
    }

    public ValueTask<Incident?> FindAsync(IncidentId id, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var statement = connection.Prepare("SELECT snapshot FROM incidents WHERE id = ?");
            return statement.Bind(1, id.Value).Step() ? IncidentJson.ReadIncident(statement.Bytes(0)) : null;
        },
        cancellationToken);

    public ValueTask<IncidentId?> FindOpenAsync(string key, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => IncidentTable.FindOpen(connection, key), cancellationToken);

    public ValueTask<ImmutableArray<Transition>> ReadTransitionsAsync(IncidentId id, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var transitions = ImmutableArray.CreateBuilder<Transition>();
            using var statement = connection.Prepare("SELECT body FROM transitions WHERE incident = (SELECT number FROM incidents WHERE id = ?) ORDER BY seq");
            statement.Bind(1, id.Value);
            while (statement.Step())
            {
                transitions.Add(IncidentJson.ReadTransition(statement.Bytes(0)));
            }

            return transitions.ToImmutable();
        },
        cancellationToken);

    public ValueTask<Transition?> FindCommandAsync(IncidentId id, string commandId, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var statement = connection.Prepare(
                "SELECT body FROM transitions WHERE incident = (SELECT number FROM incidents WHERE id = ?) AND command_id = ?");
            return statement.Bind(1, id.Value).Bind(2, commandId).Step() ? IncidentJson.ReadTransition(statement.Bytes(0)) : null;
        },
        cancellationToken);

    public ValueTask<IncidentPage> ListAsync(IncidentQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(new IncidentListing(query).Read, cancellationToken);

    public ValueTask<ImmutableArray<OpenCount>> CountOpenAsync(CommunityId community, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var counts = ImmutableArray.CreateBuilder<OpenCount>();
            using var statement = connection.Prepare("""
                SELECT grid, building, severity, count(*) FROM incidents WHERE open = 1 AND community = ?
                GROUP BY grid, building, severity ORDER BY grid, building, severity
                """);
            statement.Bind(1, community.Value);
            while (statement.Step())
            {
                BuildingId? building = statement.TextOrNull(1) is { } id ? BuildingId.FromTrusted(id) : null;
                counts.Add(new(GridId.FromTrusted(statement.Text(0)), building, (Severity)statement.Int64(2), (int)statement.Int64(3)));
            }

            return counts.ToImmutable();
        },
        cancellationToken);
}
