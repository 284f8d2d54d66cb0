using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Writing;

public sealed class GatheringTests
{
    // As long as the options allow: whoever waits for it to pass fails the test.
    private static readonly JournalOptions Gathering = Small with
    {
        SegmentBytes = 1 << 16,
        MaxRecordBytes = 8_000,
        OwnThread = true,
        GatherFrom = 10,
        GatherRecords = 100,
        GatherTime = TimeSpan.FromSeconds(10),
    };

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_quick_stream_is_flushed_once_enough_has_gathered()
    {
        using var held = new ManualResetEventSlim();
        using var holding = new ManualResetEventSlim();
        var groups = 0;
        var storage = new MemoryStorage();
        await using var journal = DurableJournal.Open(storage, Gathering);
        await journal.WaitUntilDurableAsync(journal.Append(Payload(1)));
        storage.OnFlush = () =>
        {
            // Segments for later are flushed too, by others.
            if (Thread.CurrentThread.Name != "journal flush") return;
            groups++;
            holding.Set();
            held.Wait();
        };
        journal.Append(Payload(2));
        holding.Wait(Soon).ShouldBeTrue();
        foreach (var sequence in Range(3, 22)) journal.Append(Payload(sequence));
        held.Set();
        await journal.WaitUntilDurableAsync(22).AsTask().WaitAsync(Soon);
        groups.ShouldBe(2);

        foreach (var sequence in Range(23, 122)) journal.Append(Payload(sequence));
        await journal.WaitUntilDurableAsync(122).AsTask().WaitAsync(Soon);
        groups.ShouldBe(3);
    }

    [Fact]
    public async Task A_record_that_comes_alone_is_flushed_at_once()
    {
        await using var journal = DurableJournal.Open(new MemoryStorage(), Gathering);
        foreach (var sequence in Range(1, 5))
        {
            journal.Append(Payload(sequence));
            await journal.WaitUntilDurableAsync(sequence).AsTask().WaitAsync(Soon);
        }
    }

    [Fact]
    public async Task Closing_does_not_wait_for_company()
    {
        using var held = new ManualResetEventSlim();
        var storage = new MemoryStorage();
        var journal = DurableJournal.Open(storage, Gathering);
        storage.OnFlush = held.Wait;
        foreach (var sequence in Range(1, 40)) journal.Append(Payload(sequence));
        held.Set();
        journal.Append(Payload(41));
        await Task.Run(journal.Dispose).WaitAsync(Soon);
        using var again = DurableJournal.Open(storage.Copy(), Small);
        again.LastSequence.ShouldBe(41);
    }

    [Theory]
    [InlineData(-1, 10, 100, "GatherTime")]
    [InlineData(10_001, 10, 100, "GatherTime")]
    [InlineData(4, 0, 100, "GatherFrom")]
    [InlineData(4, 10, 9, "GatherRecords")]
    public void A_limit_that_makes_no_sense_is_named(int milliseconds, int from, int records, string named)
    {
        var options = Small with { GatherTime = TimeSpan.FromMilliseconds(milliseconds), GatherFrom = from, GatherRecords = records };
        Should.Throw<ArgumentException>(options.Validate).Message.ShouldContain(named);
    }
}
