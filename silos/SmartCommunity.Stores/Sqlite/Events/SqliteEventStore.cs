using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Events;

/// <summary>Events in SQLite, each as a batch of one in the journal's codec.</summary>
internal sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    public ValueTask AppendAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        if (events.Any(item => item.Event.Id.Length == 0))
        {
            throw new ArgumentException("An event without an id can not be stored; derive one from the journal.", nameof(events));
        }

        return database.WriteAsync(WriteLane.Bulk, connection => Append(connection, events), cancellationToken);
    }

    public ValueTask<bool> ExistsAsync(DeviceId device, string eventId, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var statement = connection.Prepare("SELECT 1 FROM events WHERE device = ? AND id = ?");
            return statement.Bind(1, device.Value).Bind(2, eventId).Step();
        },
        cancellationToken);

    public ValueTask<ImmutableArray<StoredEvent>> ListAsync(DeviceId device, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync(connection => List(connection, device, limit), cancellationToken);
    }

    private static void Append(Connection connection, IReadOnlyList<StoredEvent> events)
    {
        using var statement = connection.Prepare("""
            INSERT INTO events (device, id, community, kind, time, received_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (device, id) DO NOTHING
            """);
        foreach (var (item, community, receivedAt) in events)
        {
            var body = EventBatchCodec.ToArray(new() { ReceivedAt = receivedAt, Events = [item] });
            statement.Bind(1, item.Device.Value).Bind(2, item.Id).Bind(3, community.Value).Bind(4, (long)item.Kind)
                .Bind(5, item.Time.ToUnixTimeMilliseconds()).Bind(6, receivedAt.ToUnixTimeMilliseconds()).Bind(7, body).Run();
        }
    }

    private static ImmutableArray<StoredEvent> List(Connection connection, DeviceId device, int limit)
    {
        var events = ImmutableArray.CreateBuilder<StoredEvent>();
        using var statement = connection.Prepare("SELECT body, community FROM events WHERE device = ? ORDER BY time DESC, number DESC LIMIT ?");
        statement.Bind(1, device.Value).Bind(2, limit);
        while (statement.Step())
        {
            var batch = EventBatchCodec.Read(statement.Bytes(0));
            events.Add(new(batch.Events[0], CommunityId.FromTrusted(statement.Text(1)), batch.ReceivedAt));
        }

        return events.ToImmutable();
    }
}
