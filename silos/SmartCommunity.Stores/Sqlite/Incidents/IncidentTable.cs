using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Sqlite.Engine;
using SmartCommunity.Stores.Sqlite.Outbox;

namespace SmartCommunity.Stores.Sqlite.Incidents;

/// <summary>Writes cases. Every reason to refuse is looked at before the first write, so that a refused commit has changed nothing.</summary>
internal sealed class IncidentTable(OutboxTable outbox)
{
    /// <summary>Stores a commit.</summary>
    /// <returns>What became of it, and the last sequence of its outbox rows (0: none).</returns>
    public (IncidentCommitResult Result, long LastSequence) Commit(Connection connection, IncidentCommit commit)
    {
        var incident = commit.Incident;
        var stored = FindRow(connection, incident.Id);
        if ((stored?.Version ?? 0) != commit.ExpectedVersion)
        {
            return (new(IncidentCommitOutcome.VersionConflict), 0);
        }

        if (incident.IsOpen && FindOpen(connection, incident.Key) is { } other && other != incident.Id)
        {
            return (new(IncidentCommitOutcome.KeyTaken, other), 0);
        }

        if (stored is { } row && commit.Transitions.Any(transition => IsKnown(connection, row.Number, transition.CommandId)))
        {
            return (new(IncidentCommitOutcome.CommandTaken), 0);
        }

        var number = stored is { } existing ? Update(connection, existing.Number, incident) : Insert(connection, incident);
        InsertDevices(connection, number, incident);
        InsertTransitions(connection, number, commit);
        return (new(IncidentCommitOutcome.Stored), outbox.Append(connection, commit.Outbox));
    }

    public static IncidentId? FindOpen(Connection connection, string key)
    {
        using var statement = connection.Prepare("SELECT id FROM incidents WHERE key = ? AND open = 1");
        return statement.Bind(1, key).Step() ? IncidentId.FromTrusted(statement.Text(0)) : null;
    }

    private static (long Number, long Version)? FindRow(Connection connection, IncidentId id)
    {
        using var statement = connection.Prepare("SELECT number, version FROM incidents WHERE id = ?");
        return statement.Bind(1, id.Value).Step() ? (statement.Int64(0), statement.Int64(1)) : null;
    }

    private static bool IsKnown(Connection connection, long number, string? commandId)
    {
        using var statement = connection.Prepare("SELECT 1 FROM transitions WHERE incident = ? AND command_id = ?");
        return commandId is not null && statement.Bind(1, number).Bind(2, commandId).Step();
    }

    private static long Insert(Connection connection, Incident incident)
    {
        using var statement = connection.Prepare("""
            INSERT INTO incidents (id, version, open, key, community, grid, building, kind, severity, state, opened_at, updated_at, search, snapshot)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """);
        Bind(statement, incident).Run();
        return connection.LastRowId;
    }

    private static long Update(Connection connection, long number, Incident incident)
    {
        using var statement = connection.Prepare("""
            UPDATE incidents SET version = ?2, open = ?3, key = ?4, community = ?5, grid = ?6, building = ?7, kind = ?8, severity = ?9, state = ?10,
                opened_at = ?11, updated_at = ?12, search = ?13, snapshot = ?14 WHERE id = ?1
            """);
        Bind(statement, incident).Run();
        return number;
    }

    private static Statement Bind(Statement statement, Incident incident) => statement
        .Bind(1, incident.Id.Value).Bind(2, incident.Version).Bind(3, incident.IsOpen).Bind(4, incident.Key)
        .Bind(5, incident.Community.Value).Bind(6, incident.Grid.Value).Bind(7, incident.Building?.Value)
        .Bind(8, incident.Kind).Bind(9, (long)incident.Severity).Bind(10, (long)incident.State)
        .Bind(11, incident.OpenedAt.ToUnixTimeMilliseconds()).Bind(12, incident.UpdatedAt.ToUnixTimeMilliseconds())
        .Bind(13, SearchTextOf(incident)).BindText(14, IncidentJson.Write(incident));

    // Line feeds keep a search from finding what begins in one text and ends in the next.
    private static string SearchTextOf(Incident incident) =>
        string.Join('\n', incident.Id.Value, incident.Title.Zh, incident.Title.En, incident.Why.Text.Zh, incident.Why.Text.En);

    private static void InsertDevices(Connection connection, long number, Incident incident)
    {
        using var statement = connection.Prepare("INSERT INTO incident_devices (device, incident) VALUES (?, ?) ON CONFLICT DO NOTHING");
        foreach (var device in incident.Devices)
        {
            statement.Bind(1, device.Value).Bind(2, number).Run();
        }
    }

    private static void InsertTransitions(Connection connection, long number, IncidentCommit commit)
    {
        using var statement = connection.Prepare("INSERT INTO transitions (incident, seq, command_id, body) VALUES (?, ?, ?, ?)");
        foreach (var transition in commit.Transitions)
        {
            statement.Bind(1, number).Bind(2, transition.Seq).Bind(3, transition.CommandId).BindText(4, IncidentJson.Write(transition)).Run();
        }
    }
}
