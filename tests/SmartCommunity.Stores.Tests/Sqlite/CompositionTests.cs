using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Checkpoints;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Reminders;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Stores.Tests.Sqlite;

public sealed class CompositionTests
{
    [Fact]
    public async Task EveryPortIsRegisteredAndClosedWithTheHost()
    {
        using var folder = new TemporaryFolder();
        var provider = new ServiceCollection().AddLogging().AddMetrics().AddSqliteStores(new() { DataFolder = folder.Path }).BuildServiceProvider();
        var stores = provider.GetRequiredService<SqliteStores>();
        Type[] ports =
        [
            typeof(IIncidentStore), typeof(IOutbox), typeof(ICheckpointStore), typeof(IReminderStore), typeof(IEventStore), typeof(ITimeSeriesStore),
            typeof(IDirectoryStore), typeof(IDeadLetterStore), typeof(IAccountStore),
        ];
        ports.ShouldAllBe(port => provider.GetService(port) != null);

        await provider.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stores.Reminders.ReadAllAsync(default));
    }

    [Fact]
    public void AWrongOptionIsRefusedAtOnce() =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddSqliteStores(new() { DataFolder = "x", MaxGroup = 0 }));
}
