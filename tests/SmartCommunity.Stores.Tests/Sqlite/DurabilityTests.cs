using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Conformance;
using SmartCommunity.Stores.Sqlite;

namespace SmartCommunity.Stores.Tests.Sqlite;

/// <summary>
/// What a killed process leaves behind. The files are copied while writes go on: as long as the write-ahead log is not copied back (the tests keep it from
/// that),
/// the database file does not change and the log only grows, so that such a copy is what a crash at that moment would have left.
/// </summary>
public sealed class DurabilityTests : IDisposable
{
    private static readonly DeviceId Meter = DeviceId.Parse("meter-1");
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _copies = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copies.Dispose();
    }

    [Fact]
    public async Task EverythingWhoseWriteHadReturnedIsInACopyTakenLater()
    {
        const int Copies = 6;
        await using var stores = Open(_folder.Path);
        using var stop = new CancellationTokenSource();
        var written = 0;
        var opened = 0;
        var writers = new[] { Task.Run(WriteSamplesAsync), Task.Run(OpenCasesAsync) };

        for (var i = 0; i < Copies; i++)
        {
            var before = Volatile.Read(ref written);
            while (Volatile.Read(ref written) < before + 20)
            {
                await Task.Yield();
            }

            var (samples, cases) = (Volatile.Read(ref written), Volatile.Read(ref opened));
            await ExpectAsync(Copy($"copy-{i}"), samples, cases);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        async Task WriteSamplesAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await stores.TimeSeries.AppendAsync([SampleAt(written)], default);
                Interlocked.Increment(ref written);
            }
        }

        async Task OpenCasesAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await stores.Incidents.CommitAsync(Cases.CommitOf(Cases.Open("e", $"k{opened}")), default);
                Interlocked.Increment(ref opened);
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task ATornLogGivesBackAPrefixOfTheWrites(int seed)
    {
        const int Writes = 40;
        await using var stores = Open(_folder.Path);
        await stores.TimeSeries.AppendAsync([SampleAt(0)], default);
        var first = new FileInfo(_folder.File("stores.db-wal")).Length;
        for (var i = 1; i < Writes; i++)
        {
            await stores.TimeSeries.AppendAsync([SampleAt(i)], default);
        }

        var random = new Random(seed);
        var length = new FileInfo(_folder.File("stores.db-wal")).Length;
        for (var i = 0; i < 8; i++)
        {
            var copy = Copy($"torn-{i}");
            await using (var wal = File.OpenWrite(Path.Combine(copy, "stores.db-wal")))
            {
                wal.SetLength(random.NextInt64(first, length));
            }

            await using var reopened = Open(copy);
            var times = (await ReadSamplesAsync(reopened)).Select(point => point.Value).ToList();
            times.ShouldBe(Enumerable.Range(0, times.Count).Select(value => (double)value), $"seed {seed}");
            times.Count.ShouldBeInRange(1, Writes - 1);
        }
    }

    [Fact]
    public async Task WhatWasWrittenIsThereAfterReopeningAndTheOutboxGoesOn()
    {
        await using (var stores = Open(_folder.Path))
        {
            await stores.TimeSeries.AppendAsync([SampleAt(0)], default);
            await stores.Incidents.CommitAsync(Cases.CommitOf(Cases.Open("e", "k0")), default);
        }

        await using var reopened = Open(_folder.Path);
        (await ReadSamplesAsync(reopened)).Length.ShouldBe(1);
        reopened.Outbox.LastSequence.ShouldBe(4);
        await reopened.Incidents.CommitAsync(Cases.CommitOf(Cases.Open("e", "k1")), default);
        reopened.Outbox.LastSequence.ShouldBe(8);
    }

    private async Task ExpectAsync(string copy, int samples, int cases)
    {
        await using var reopened = Open(copy);
        const string Sound = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'";
        (await reopened.Database.ReadAsync(connection => connection.ReadInt64(Sound), default)).ShouldBe(1);

        (await ReadSamplesAsync(reopened)).Length.ShouldBeGreaterThanOrEqualTo(samples);
        for (var i = 0; i < cases; i++)
        {
            var id = (await reopened.Incidents.FindOpenAsync($"k{i}", default)).ShouldNotBeNull();
            var transitions = await reopened.Incidents.ReadTransitionsAsync(id, default);
            transitions.ShouldNotBeEmpty($"case {i} of {cases} in {copy}");
            TransitionChain.Verify(transitions).ShouldBeTrue();
            (await reopened.Incidents.FindAsync(id, default))!.LastHash.ShouldBe(transitions[^1].Hash);
        }

        var feed = await reopened.Outbox.ReadAfterAsync(0, int.MaxValue, default);
        feed.Length.ShouldBeGreaterThanOrEqualTo(cases * 4);
        feed[^1].Sequence.ShouldBe(feed.Length);
        reopened.Outbox.LastSequence.ShouldBe(feed.Length);
    }

    private static SqliteStores Open(string folder) =>
        SqliteStores.Open(new() { DataFolder = folder, CheckpointPages = 1_000_000, OutboxRetention = TimeSpan.FromDays(3_650) });

    private string Copy(string name)
    {
        var copy = System.IO.Directory.CreateDirectory(_copies.File(name)).FullName;
        File.Copy(_folder.File("stores.db"), Path.Combine(copy, "stores.db"));
        File.Copy(_folder.File("stores.db-wal"), Path.Combine(copy, "stores.db-wal"));
        return copy;
    }

    private static Sample SampleAt(int i) => new(Meter, "power", DateTimeOffset.FromUnixTimeMilliseconds(i), i);

    private static async Task<System.Collections.Immutable.ImmutableArray<Stores.TimeSeries.SamplePoint>> ReadSamplesAsync(SqliteStores stores) =>
        await stores.TimeSeries.ReadAsync(Meter, "power", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), int.MaxValue, default);
}
