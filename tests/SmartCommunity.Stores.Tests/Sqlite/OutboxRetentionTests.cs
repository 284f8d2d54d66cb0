using SmartCommunity.Stores.Outbox;
using SmartCommunity.Stores.Sqlite;

namespace SmartCommunity.Stores.Tests.Sqlite;

public sealed class OutboxRetentionTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TooManyRowsAreTrimmedFromTheOldEndAndTheSequenceGoesOn()
    {
        await using var stores = Open(new() { DataFolder = _folder.Path, OutboxRows = 1_000 }, Start);
        await AppendAsync(stores, 5_000, Start);

        var oldest = await stores.Outbox.ReadOldestSequenceAsync(default);
        oldest.ShouldBeInRange(3_501, 4_001);
        var rows = await stores.Outbox.ReadAfterAsync(0, int.MaxValue, default);
        rows.Select(row => row.Sequence).ShouldBe(Enumerable.Range((int)oldest, 5_000 - (int)oldest + 1).Select(i => (long)i));
    }

    [Fact]
    public async Task OldRowsAreTrimmedAndNumbersAreNeverGivenTwice()
    {
        var options = new SqliteStoreOptions { DataFolder = _folder.Path, OutboxRetention = TimeSpan.FromDays(7) };
        await using (var stores = Open(options, Start))
        {
            await AppendAsync(stores, 700, Start);
            (await stores.Outbox.ReadOldestSequenceAsync(default)).ShouldBe(1);
        }

        await using (var later = Open(options, Start.AddDays(8)))
        {
            await AppendAsync(later, 500, Start.AddDays(8));
            (await later.Outbox.ReadOldestSequenceAsync(default)).ShouldBe(701);
        }

        // Also when nothing is left at all.
        await using (var much = Open(options, Start.AddDays(30)))
        {
            await AppendAsync(much, 500, Start.AddDays(9));
            (await much.Outbox.ReadAfterAsync(0, 10, default)).ShouldBeEmpty();
            (await much.Outbox.ReadOldestSequenceAsync(default)).ShouldBe(1_701);
        }

        await using var last = Open(options, Start.AddDays(30));
        last.Outbox.LastSequence.ShouldBe(1_700);
        await AppendAsync(last, 1, Start.AddDays(30));
        (await last.Outbox.ReadAfterAsync(0, 10, default)).ShouldHaveSingleItem().Sequence.ShouldBe(1_701);
    }

    private static SqliteStores Open(SqliteStoreOptions options, DateTimeOffset now) => SqliteStores.Open(options, new FixedTime(now));

    private static async Task AppendAsync(SqliteStores stores, int rows, DateTimeOffset at)
    {
        for (var i = 0; i < rows; i += 100)
        {
            await stores.Outbox.AppendAsync(
                [.. Enumerable.Range(0, Math.Min(100, rows - i)).Select(_ => new OutboxRow("device", "c1", "", "", "d", new byte[] { 123, 125 }, at))], default);
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
