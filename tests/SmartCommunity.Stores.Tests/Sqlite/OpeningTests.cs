using SmartCommunity.Stores.Faults;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Tests.Sqlite;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AMissingFolderIsMade()
    {
        await using var stores = SqliteStores.Open(new() { DataFolder = _folder.File("a/b") });
        File.Exists(_folder.File("a/b/stores.db")).ShouldBeTrue();
    }

    [Fact]
    public void AFolderThatCanNotBeIsOneClearLine()
    {
        File.WriteAllText(_folder.File("file"), "");
        ExpectRefusal("can not be written", _folder.File("file/data"));
    }

    [Fact]
    public async Task ASecondProcessIsKeptOutUntilTheFirstHasClosed()
    {
        var first = SqliteStores.Open(new() { DataFolder = _folder.Path });
        ExpectRefusal("in use by another process");
        await first.DisposeAsync();
        await SqliteStores.Open(new() { DataFolder = _folder.Path }).DisposeAsync();
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsLeftAlone()
    {
        File.WriteAllText(_folder.File("stores.db"), new string('x', 10_000));
        ExpectRefusal("can not be opened as a database");
        File.ReadAllText(_folder.File("stores.db")).ShouldStartWith("xxx");
    }

    [Fact]
    public void ADatabaseOfAnotherProgramIsLeftAlone()
    {
        Prepare("CREATE TABLE theirs (id INTEGER)");
        ExpectRefusal("another program");
    }

    [Fact]
    public void ANewerDatabaseIsLeftAlone()
    {
        Prepare($"PRAGMA application_id = {Migrations.ApplicationId}; PRAGMA user_version = 9999");
        ExpectRefusal("schema 9999");
    }

    [Fact]
    public async Task AnOlderDatabaseIsBroughtUpAndASecondOpeningChangesNothing()
    {
        Prepare($"PRAGMA application_id = {Migrations.ApplicationId}");
        await SqliteStores.Open(new() { DataFolder = _folder.Path }).DisposeAsync();
        await using var stores = SqliteStores.Open(new() { DataFolder = _folder.Path });
        var version = await stores.Database.ReadAsync(connection => connection.ReadInt64("PRAGMA user_version"), CancellationToken.None);
        version.ShouldBe(Migrations.Latest);
    }

    [Fact]
    public async Task TheWriterFlushesEveryCommit()
    {
        const int Full = 2;
        await using var stores = SqliteStores.Open(new() { DataFolder = _folder.Path });
        (await stores.Database.WriteAsync(WriteLane.Urgent, connection => connection.ReadInt64("PRAGMA synchronous"), default)).ShouldBe(Full);
        File.Exists(_folder.File("stores.db-wal")).ShouldBeTrue();
    }

    [Fact]
    public async Task AfterClosingEverythingIsRefused()
    {
        var stores = SqliteStores.Open(new() { DataFolder = _folder.Path });
        var waiting = stores.Outbox.WaitAfterAsync(0, CancellationToken.None).AsTask();
        await stores.DisposeAsync();
        await stores.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => waiting);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stores.Reminders.ReadAllAsync(CancellationToken.None));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stores.Reminders.DeleteAsync("a", "b", CancellationToken.None));
    }

    [Fact]
    public void OptionsOutOfRangeAreRefusedByName()
    {
        Should.Throw<ArgumentException>(new SqliteStoreOptions { DataFolder = "" }.Check).ParamName.ShouldBe("DataFolder");
        Should.Throw<ArgumentException>(new SqliteStoreOptions { DataFolder = "x", Readers = 0 }.Check).ParamName.ShouldBe("Readers");
        Should.Throw<ArgumentException>(new SqliteStoreOptions { DataFolder = "x", OutboxRows = 0 }.Check).Message.ShouldContain("1 to 1,000,000,000");
    }

    private void ExpectRefusal(string words, string? folder = null)
    {
        var refusal = Should.Throw<StoreOpenException>(() => SqliteStores.Open(new() { DataFolder = folder ?? _folder.Path }));
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldContain(folder ?? _folder.Path);
        refusal.Message.ShouldNotContain("\n");
    }

    private void Prepare(string sql)
    {
        using var connection = Connection.OpenWriter(_folder.File("stores.db"), new() { DataFolder = _folder.Path }, create: true);
        connection.Execute(sql);
    }
}
