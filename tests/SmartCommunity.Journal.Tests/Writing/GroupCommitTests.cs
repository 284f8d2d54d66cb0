using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Writing;

public sealed class GroupCommitTests
{
    private static readonly JournalOptions Threaded = Small with { SegmentBytes = 16384, MaxRecordBytes = 8000, OwnThread = true };

    [Fact]
    public void One_flush_serves_all_that_wait()
    {
        var storage = new MemoryStorage();
        using var journal = DurableJournal.Open(storage, Small with { SegmentBytes = 65536 });
        journal.Append(Payload(1));
        journal.FlushPending();
        var before = storage.Flushes;

        var waits = Range(2, 501).Select(sequence =>
        {
            journal.Append(Payload(sequence)).ShouldBe(sequence);
            return journal.WaitUntilDurableAsync(sequence).AsTask();
        }).ToList();
        waits.ShouldAllBe(wait => !wait.IsCompleted);
        journal.DurableThrough.ShouldBe(1);

        journal.FlushPending().ShouldBeTrue();
        storage.Flushes.ShouldBe(before + 1);
        journal.DurableThrough.ShouldBe(501);
        waits.ShouldAllBe(wait => wait.IsCompletedSuccessfully);
        journal.FlushPending().ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_durable_before_the_flush_has_returned()
    {
        var storage = new MemoryStorage();
        await using var journal = DurableJournal.Open(storage, Small);
        var seen = long.MaxValue;
        storage.OnFlush = () => seen = journal.DurableThrough;
        journal.Append(Payload(1));
        var wait = journal.WaitUntilDurableAsync(1);
        journal.FlushPending();
        seen.ShouldBe(0);
        await wait;
    }

    [Fact]
    public async Task A_wait_may_be_for_a_sequence_of_the_future_and_may_be_cancelled()
    {
        await using var journal = DurableJournal.Open(new MemoryStorage(), Small);
        using var cancellation = new CancellationTokenSource();
        var future = journal.WaitUntilDurableAsync(2).AsTask();
        var cancelled = journal.WaitUntilDurableAsync(2, cancellation.Token).AsTask();
        journal.Append(Payload(1));
        journal.FlushPending();
        future.IsCompleted.ShouldBeFalse();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        journal.Append(Payload(2));
        journal.FlushPending();
        await future.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Concurrent_appenders_keep_each_their_order_across_segments()
    {
        var storage = new MemoryStorage();
        var journal = DurableJournal.Open(storage, Threaded);
        var given = new List<long>[8];
        await Task.WhenAll(Enumerable.Range(0, given.Length).Select(appender => Task.Run(async () =>
        {
            var mine = given[appender] = [];
            for (var number = 0; number < 500; number++)
            {
                var sequence = await journal.AppendAsync(new byte[] { (byte)appender, (byte)number, (byte)(number >> 8) });
                mine.Add(sequence);
                if (number % 50 == 49)
                    await journal.WaitUntilDurableAsync(sequence);
            }
        })));
        await journal.DisposeAsync();
        storage.Files.Count.ShouldBeGreaterThan(3);

        using var again = DurableJournal.Open(storage, Small);
        var next = new int[given.Length];
        using var reader = again.OpenReader(1);
        while (reader.TryRead(4096) is { } batch)
        {
            using (batch)
                CheckOrder(batch, given, next);
        }

        next.ShouldAllBe(count => count == 500);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_wait_misses_the_flush_that_ends_it(bool cancellable)
    {
        // The wait starts while the flush ends, again and again: whoever then waits for the next flush waits for ever, because nobody else appends.
        await using var journal = DurableJournal.Open(new MemoryStorage(), Threaded with { MaxDiskBytes = 1 << 30 });
        using var never = new CancellationTokenSource();
        for (var round = 0; round < 8_000; round++)
        {
            var sequence = journal.Append([1]);
            for (var spin = round % 50; spin > 0; spin--)
                Thread.SpinWait(20);
            await journal.WaitUntilDurableAsync(sequence, cancellable ? never.Token : default).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            if (round % 1000 == 0)
                journal.TrimThrough(sequence);
        }
    }

    [Fact]
    public async Task Appends_wait_while_too_much_is_not_on_disk()
    {
        await using var journal = DurableJournal.Open(new MemoryStorage(), Small with { MaxPendingBytes = 100 });
        var payload = new byte[50];
        var first = journal.AppendAsync(payload);
        var second = journal.AppendAsync(payload);
        var third = journal.AppendAsync(payload);
        first.IsCompletedSuccessfully.ShouldBeTrue();
        second.IsCompletedSuccessfully.ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        journal.PendingBytes.ShouldBe(132);
        using var cancellation = new CancellationTokenSource();
        var fourth = journal.AppendAsync(payload, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => fourth);

        journal.FlushPending().ShouldBeTrue();
        (await third).ShouldBe(3);
        journal.LastSequence.ShouldBe(3);
        await first;
        await second;
    }

    [Fact]
    public void A_record_larger_than_the_limit_is_refused_and_one_of_the_limit_fits()
    {
        using var journal = DurableJournal.Open(new MemoryStorage(), Small with { MaxRecordBytes = 512 - SegmentFormat.OverheadBytes });
        Should.Throw<ArgumentException>(() => journal.Append(new byte[512 - SegmentFormat.OverheadBytes + 1]));
        journal.Append(new byte[512 - SegmentFormat.OverheadBytes]).ShouldBe(1);
        journal.Append([]).ShouldBe(2);
        journal.FlushPending().ShouldBeTrue();
        using var reader = journal.OpenReader(1);
        using var large = reader.TryRead(maxBytes: 10).ShouldNotBeNull();
        (large.Count, large.Records.Length).ShouldBe((1, 512 - SegmentFormat.HeaderBytes - DurableMark.Bytes));
        using var empty = reader.TryRead(maxBytes: 10).ShouldNotBeNull();
        empty.Records.Length.ShouldBe(16);
    }

    private static void CheckOrder(JournalBatch batch, List<long>[] given, int[] next)
    {
        var records = new JournalRecordReader(batch.Records.Span);
        while (records.TryRead(out var sequence, out var payload))
        {
            var appender = payload[0];
            (payload[1] + (payload[2] << 8)).ShouldBe(next[appender]);
            given[appender][next[appender]].ShouldBe(sequence);
            next[appender]++;
        }
    }
}
