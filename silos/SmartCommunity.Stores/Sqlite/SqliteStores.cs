using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Reminders;
using SmartCommunity.Stores.Sqlite.Accounts;
using SmartCommunity.Stores.Sqlite.Checkpoints;
using SmartCommunity.Stores.Sqlite.DeadLetters;
using SmartCommunity.Stores.Sqlite.Directory;
using SmartCommunity.Stores.Sqlite.Engine;
using SmartCommunity.Stores.Sqlite.Events;
using SmartCommunity.Stores.Sqlite.Incidents;
using SmartCommunity.Stores.Sqlite.Outbox;
using SmartCommunity.Stores.Sqlite.Reminders;
using SmartCommunity.Stores.Sqlite.TimeSeries;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Stores.Sqlite;

/// <summary>All stores in one SQLite database of the data folder: the embedded default.</summary>
/// <remarks>Whatever a write has returned from is flushed to disk. Writes throw <see cref="Faults.StoreUnavailableException"/> while the disk is full or
/// failing.</remarks>
public sealed class SqliteStores : IAsyncDisposable, IDisposable
{
    private readonly OutboxSignal _signal;

    private SqliteStores(SqliteDatabase database, OutboxTable outbox, OutboxSignal signal, SeriesNumbers series)
    {
        (Database, _signal) = (database, signal);
        Incidents = new SqliteIncidentStore(database, new(outbox), signal);
        Outbox = new SqliteOutbox(database, outbox, signal);
        Checkpoints = new SqliteCheckpointStore(database);
        Reminders = new SqliteReminderStore(database);
        Events = new SqliteEventStore(database);
        TimeSeries = new SqliteTimeSeriesStore(database, series);
        Directory = new SqliteDirectoryStore(database);
        Accounts = new SqliteAccountStore(database);
        DeadLetters = new SqliteDeadLetterStore(database);
    }

    public IIncidentStore Incidents { get; }

    public IOutbox Outbox { get; }

    public ICheckpointStore Checkpoints { get; }

    public IReminderStore Reminders { get; }

    public IEventStore Events { get; }

    public ITimeSeriesStore TimeSeries { get; }

    public IDirectoryStore Directory { get; }

    public IAccountStore Accounts { get; }

    public IDeadLetterStore DeadLetters { get; }

    /// <summary>The database underneath, for tests.</summary>
    internal SqliteDatabase Database { get; }

    /// <summary>Opens the stores, makes them when the folder is empty, and brings older ones to this version's form.</summary>
    /// <param name="options">Where, and the limits.</param>
    /// <param name="time">The clock of retention; null: the system's.</param>
    /// <param name="logger">Null: none.</param>
    /// <param name="meters">Makes the meter <c>SmartCommunity.Stores</c>; null: it is made directly.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="Faults.StoreOpenException">The folder can not be written, or the file is in use, foreign, damaged or newer.</exception>
    public static SqliteStores Open(SqliteStoreOptions options, TimeProvider? time = null, ILogger<SqliteStores>? logger = null, IMeterFactory? meters = null)
    {
        var clock = time ?? TimeProvider.System;
        var outbox = new OutboxTable(options, clock);
        var signal = new OutboxSignal();
        var series = new SeriesNumbers();
        var database = SqliteDatabase.Open(options, clock, new(meters), logger ?? NullLogger<SqliteStores>.Instance, connection =>
        {
            signal.Publish(OutboxTable.ReadLast(connection));
            series.Forget();
        });
        return new(database, outbox, signal, series);
    }

    /// <summary>Does the writes that wait, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _signal.Close();
    }

    /// <summary>As <see cref="DisposeAsync"/>, for containers that are disposed synchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
