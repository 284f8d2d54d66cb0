using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Sqlite;

namespace SmartCommunity.Stores.Tests.Sqlite;

public sealed class ReadingTests : IAsyncLifetime
{
    private static readonly DeviceId Meter = DeviceId.Parse("meter-1");
    private readonly TemporaryFolder _folder = new();
    private SqliteStores _stores = null!;

    public Task InitializeAsync()
    {
        _stores = SqliteStores.Open(new() { DataFolder = _folder.Path, Readers = 2 });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stores.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ReadersSeeWholeWritesWhileTheyGoOn()
    {
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(ReadAsync)).ToList();
        for (var round = 0; round < 50; round++)
        {
            await _stores.TimeSeries.AppendAsync([.. Enumerable.Range(0, 100).Select(i => SampleAt((round * 100) + i))], default);
        }

        await stop.CancelAsync();
        (await Task.WhenAll(readers)).Sum().ShouldBeGreaterThan(0);

        async Task<int> ReadAsync()
        {
            var reads = 0;
            for (var most = 0; !stop.IsCancellationRequested; reads++)
            {
                var count = (await _stores.TimeSeries.ReadAsync(Meter, "power", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, int.MaxValue, default)).Length;
                (count % 100).ShouldBe(0, "a write is seen whole");
                count.ShouldBeGreaterThanOrEqualTo(most, "and stays");
                most = count;
            }

            return reads;
        }
    }

    [Fact]
    public async Task WhatWasWrittenIsSeenByTheNextReader()
    {
        for (var i = 1; i <= 50; i++)
        {
            await _stores.TimeSeries.AppendAsync([SampleAt(i)], default);
            (await _stores.TimeSeries.ReadLatestAsync(Meter, default)).ShouldHaveSingleItem().Value.ShouldBe(i);
        }
    }

    [Fact]
    public async Task AReadIsStoppedWhenItsCallerGivesUp()
    {
        using var cancelled = new CancellationTokenSource();
        var endless = Task.Run(() => _stores.Database.ReadAsync(
            connection =>
            {
                cancelled.CancelAfter(TimeSpan.Zero);
                return connection.ReadInt64("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
            },
            cancelled.Token).AsTask());
        await Should.ThrowAsync<OperationCanceledException>(() => endless);

        (await _stores.TimeSeries.ReadLatestAsync(Meter, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task MoreReadersThanConnectionsWaitTheirTurn()
    {
        await _stores.TimeSeries.AppendAsync([SampleAt(1)], default);
        var all = Enumerable.Range(0, 50).Select(_ => Task.Run(() => _stores.TimeSeries.ReadLatestAsync(Meter, default).AsTask()));
        (await Task.WhenAll(all)).ShouldAllBe(samples => samples.Length == 1);
    }

    [Fact]
    public async Task AReaderCanNotWrite()
    {
        var attempt = _stores.Database.ReadAsync(
            connection =>
            {
                connection.Execute("DELETE FROM counters");
                return 0;
            },
            default).AsTask();
        await Should.ThrowAsync<Faults.StoreException>(() => attempt);
    }

    private static Sample SampleAt(int i) => new(Meter, "power", DateTimeOffset.FromUnixTimeMilliseconds(i), i);
}
