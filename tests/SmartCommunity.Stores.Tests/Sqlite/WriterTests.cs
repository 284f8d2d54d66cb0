using SmartCommunity.Stores.Faults;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Tests.Sqlite;

/// <summary>Group commit: what shares a transaction, what is undone, and who is told.</summary>
public sealed class WriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly ScopedMeters _meters = new();
    private SqliteStores _stores = null!;

    public Task InitializeAsync()
    {
        var options = new SqliteStoreOptions { DataFolder = _folder.Path, MaxWaitingWrites = 8, MaxGroupTime = TimeSpan.FromSeconds(10) };
        _stores = SqliteStores.Open(options, meters: _meters);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _gate.Set();
        await _stores.DisposeAsync();
        _gate.Dispose();
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OneThatFailsUndoesOnlyItself()
    {
        var blocked = await BlockAsync();
        var good = Insert("good");
        var bad = Insert("bad", thenThrow: new InvalidOperationException("mine"));
        var twice = Insert("good");
        var better = Insert("better");
        _gate.Set();

        await Task.WhenAll(blocked, good, better);
        (await Should.ThrowAsync<InvalidOperationException>(() => bad)).Message.ShouldBe("mine");
        await Should.ThrowAsync<StoreException>(() => twice);
        (await NamesAsync()).ShouldBe("better good");
    }

    [Fact]
    public async Task WhatWaitsSharesOneTransaction()
    {
        var blocked = await BlockAsync();
        var all = Enumerable.Range(0, 7).Select(i => Insert($"w{i}")).ToList();
        _gate.Set();

        await Task.WhenAll([blocked, .. all]);
        _meters.GroupSizes.ShouldBe([8]);
    }

    [Fact]
    public async Task UrgentWritesAreTakenBeforeBulk()
    {
        var order = new List<string>();
        var blocked = await BlockAsync();
        var bulk = Note(WriteLane.Bulk, "bulk");
        var urgent = Note(WriteLane.Urgent, "urgent");
        _gate.Set();
        await Task.WhenAll(blocked, bulk, urgent);

        order.ShouldBe(["urgent", "bulk"]);

        Task Note(WriteLane lane, string name) => _stores.Database.WriteAsync(lane, _ => order.Add(name), default).AsTask();
    }

    [Fact]
    public async Task AFullQueueMakesCallersWait()
    {
        var blocked = await BlockAsync();
        var queued = Enumerable.Range(0, 8).Select(i => Insert($"w{i}")).ToList();
        using var cancelled = new CancellationTokenSource();
        var ninth = Insert("ninth", cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => ninth);

        _gate.Set();
        await Task.WhenAll([blocked, .. queued]);
        (await NamesAsync()).ShouldBe("w0 w1 w2 w3 w4 w5 w6 w7");
    }

    [Fact]
    public async Task AWriteThatWasGivenUpWhileItWaitedIsNotDone()
    {
        var blocked = await BlockAsync();
        using var cancelled = new CancellationTokenSource();
        var given = Insert("given-up", cancelled.Token);
        var kept = Insert("kept");
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        _gate.Set();

        await Task.WhenAll(blocked, kept);
        (await NamesAsync()).ShouldBe("kept");
    }

    [Fact]
    public async Task AWriteThatIsTakenUpIsDoneThoughItsCallerGaveUp()
    {
        using var cancelled = new CancellationTokenSource();
        using var taken = new SemaphoreSlim(0);
        var write = _stores.Database.WriteAsync(
            WriteLane.Bulk,
            connection =>
            {
                taken.Release();
                _gate.Wait();
                return InsertName(connection, "taken");
            },
            cancelled.Token).AsTask();
        await taken.WaitAsync();
        await cancelled.CancelAsync();
        _gate.Set();

        await write;
        (await NamesAsync()).ShouldBe("taken");
    }

    [Fact]
    public async Task AFullDiskFailsTheGroupAndTheStoreRecovers()
    {
        await Insert("before");
        await _stores.Database.WriteAsync(
            WriteLane.Bulk, connection => connection.Execute($"PRAGMA max_page_count = {connection.ReadInt64("PRAGMA page_count") + 2}"), default);
        var blocked = await BlockAsync();
        var small = Insert("small");
        var large = _stores.Checkpoints.WriteAsync("n", "k", new byte[1 << 20], null, default).AsTask();
        var behind = Insert("behind");
        _gate.Set();

        await Should.ThrowAsync<StoreUnavailableException>(() => blocked);
        await Should.ThrowAsync<StoreUnavailableException>(() => small);
        await Should.ThrowAsync<StoreUnavailableException>(() => large);
        await Should.ThrowAsync<StoreUnavailableException>(() => behind);
        (await NamesAsync()).ShouldBe("before");

        // The limit belongs to the connection that is gone: there is room again.
        (await _stores.Checkpoints.WriteAsync("n", "k", new byte[1 << 20], null, default)).ShouldNotBeNull();
        await Insert("after");
        (await NamesAsync()).ShouldBe("after before");
    }

    [Fact]
    public async Task ClosingDoesWhatWaits()
    {
        var blocked = await BlockAsync();
        var writes = Enumerable.Range(0, 5).Select(i => Insert($"w{i}")).ToList();
        var closing = _stores.DisposeAsync().AsTask();
        _gate.Set();
        await Task.WhenAll([blocked, closing, .. writes]);

        _stores = SqliteStores.Open(new() { DataFolder = _folder.Path });
        (await NamesAsync()).ShouldBe("w0 w1 w2 w3 w4");
    }

    /// <summary>Keeps the writer busy until the gate opens.</summary>
    /// <returns>When the writer has begun, the write that keeps it busy.</returns>
    private async Task<Task> BlockAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = _stores.Database.WriteAsync(
            WriteLane.Bulk,
            connection =>
            {
                begun.SetResult();
                _gate.Wait();
            },
            default).AsTask();
        await begun.Task;
        return blocked;
    }

    private Task Insert(string name, CancellationToken cancellationToken = default) =>
        _stores.Database.WriteAsync(WriteLane.Bulk, connection => InsertName(connection, name), cancellationToken).AsTask();

    private Task Insert(string name, Exception thenThrow) => _stores.Database.WriteAsync(
        WriteLane.Bulk,
        connection =>
        {
            InsertName(connection, name);
            throw thenThrow;
        },
        default).AsTask();

    private static bool InsertName(Connection connection, string name)
    {
        using var statement = connection.Prepare("INSERT INTO counters (name, value) VALUES (?, 0)");
        statement.Bind(1, name).Run();
        return true;
    }

    private async Task<string> NamesAsync() => string.Join(' ', await _stores.Database.ReadAsync(
        connection =>
        {
            var names = new List<string>();
            using var statement = connection.Prepare("SELECT name FROM counters WHERE name <> 'etag' ORDER BY name");
            while (statement.Step())
            {
                names.Add(statement.Text(0));
            }

            return names;
        },
        default));
}
