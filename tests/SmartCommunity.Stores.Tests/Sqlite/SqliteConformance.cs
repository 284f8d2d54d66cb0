using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.Conformance;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Reminders;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Stores.Tests.Sqlite;

// Every suite of the conformance library, inherited by the embedded adapter.

public sealed class SqliteIncidentTests : IncidentConformance
{
    protected override IPortHost<IncidentPorts> CreateHost() => SqliteHost.Of(stores => new IncidentPorts(stores.Incidents, stores.Outbox));
}

public sealed class SqliteIncidentListTests : IncidentListConformance
{
    protected override IPortHost<IncidentPorts> CreateHost() => SqliteHost.Of(stores => new IncidentPorts(stores.Incidents, stores.Outbox));
}

public sealed class SqliteOutboxTests : OutboxConformance
{
    protected override IPortHost<IOutbox> CreateHost() => SqliteHost.Of(stores => stores.Outbox);
}

public sealed class SqliteCheckpointTests : CheckpointConformance
{
    protected override IPortHost<ICheckpointStore> CreateHost() => SqliteHost.Of(stores => stores.Checkpoints);
}

public sealed class SqliteReminderTests : ReminderConformance
{
    protected override IPortHost<IReminderStore> CreateHost() => SqliteHost.Of(stores => stores.Reminders);
}

public sealed class SqliteEventTests : EventConformance
{
    protected override IPortHost<IEventStore> CreateHost() => SqliteHost.Of(stores => stores.Events);
}

public sealed class SqliteTimeSeriesTests : TimeSeriesConformance
{
    protected override IPortHost<ITimeSeriesStore> CreateHost() => SqliteHost.Of(stores => stores.TimeSeries);
}

public sealed class SqliteDirectoryTests : DirectoryConformance
{
    protected override IPortHost<IDirectoryStore> CreateHost() => SqliteHost.Of(stores => stores.Directory);
}

public sealed class SqliteAccountTests : AccountConformance
{
    protected override IPortHost<IAccountStore> CreateHost() => SqliteHost.Of(stores => stores.Accounts);
}

public sealed class SqliteTokenTests : TokenConformance
{
    protected override IPortHost<IAccountStore> CreateHost() => SqliteHost.Of(stores => stores.Accounts);
}

public sealed class SqliteDeadLetterTests : DeadLetterConformance
{
    protected override IPortHost<IDeadLetterStore> CreateHost() => SqliteHost.Of(stores => stores.DeadLetters);
}

internal static class SqliteHost
{
    public static IPortHost<TPort> Of<TPort>(Func<SqliteStores, TPort> port) => new Host<TPort>(port);

    private sealed class Host<TPort>(Func<SqliteStores, TPort> port) : IPortHost<TPort>
    {
        private readonly TemporaryFolder _folder = new();
        private SqliteStores? _stores;

        public ValueTask<TPort> OpenAsync()
        {
            // The suites' rows bear times of their own: none is to be trimmed for its age.
            _stores = SqliteStores.Open(new() { DataFolder = _folder.Path, OutboxRetention = TimeSpan.FromDays(3_650) });
            return new(port(_stores));
        }

        public ValueTask CloseAsync() => _stores!.DisposeAsync();

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
