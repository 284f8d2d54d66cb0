using System.Collections.Immutable;
using SmartCommunity.Stores.Reminders;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Reminders;

/// <summary>Reminders in SQLite.</summary>
internal sealed class SqliteReminderStore(SqliteDatabase database) : IReminderStore
{
    public ValueTask<ImmutableArray<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static connection =>
        {
            var reminders = ImmutableArray.CreateBuilder<StoredReminder>();
            using var statement = connection.Prepare("SELECT grain, name, start_ticks, period_ticks, next_ticks FROM reminders ORDER BY grain, name");
            while (statement.Step())
            {
                reminders.Add(new(
                    statement.Text(0),
                    statement.Text(1),
                    new(statement.Int64(2), TimeSpan.Zero),
                    new(statement.Int64(3)),
                    new(statement.Int64(4), TimeSpan.Zero)));
            }

            return reminders.ToImmutable();
        },
        cancellationToken);

    public ValueTask UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            using var statement = connection.Prepare(
                "INSERT OR REPLACE INTO reminders (grain, name, start_ticks, period_ticks, next_ticks) VALUES (?, ?, ?, ?, ?)");
            statement.Bind(1, reminder.Grain).Bind(2, reminder.Name).Bind(3, reminder.StartAt.UtcTicks).Bind(4, reminder.Period.Ticks)
                .Bind(5, reminder.NextAt.UtcTicks).Run();
        },
        cancellationToken);

    public ValueTask DeleteAsync(string grain, string name, CancellationToken cancellationToken) => database.WriteAsync(
        WriteLane.Urgent,
        connection =>
        {
            using var statement = connection.Prepare("DELETE FROM reminders WHERE grain = ? AND name = ?");
            statement.Bind(1, grain).Bind(2, name).Run();
        },
        cancellationToken);
}
