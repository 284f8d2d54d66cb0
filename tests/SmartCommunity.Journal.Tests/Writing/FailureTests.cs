using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Writing;

public sealed class FailureTests
{
    [Fact]
    public async Task Whichever_write_or_flush_fails_nothing_after_it_is_acknowledged_and_nothing_before_it_is_lost()
    {
        var reached = true;
        for (var nth = 1; reached; nth++)
        {
            reached = await Run(storage => storage.FailWriteIn = nth, $"write {nth}");
            nth.ShouldBeLessThan(1000);
        }

        reached = true;
        for (var nth = 1; reached; nth++)
        {
            reached = await Run(storage => storage.FailFlushIn = nth, $"flush {nth}");
            nth.ShouldBeLessThan(1000);
        }
    }

    [Fact]
    public async Task A_full_disk_holds_everything_back_and_goes_on_when_there_is_room()
    {
        var storage = new MemoryStorage();
        await using var journal = DurableJournal.Open(storage, Small);
        storage.Full = true;
        journal.Append(Payload(1));
        var wait = journal.WaitUntilDurableAsync(1).AsTask();
        journal.FlushPending().ShouldBeFalse();
        journal.State.ShouldBe(JournalState.DiskFull);
        journal.Append(Payload(2)).ShouldBe(2);
        wait.IsCompleted.ShouldBeFalse();

        storage.Full = false;
        journal.FlushPending().ShouldBeTrue();
        journal.FlushPending().ShouldBeTrue();
        journal.State.ShouldBe(JournalState.Running);
        await wait;
        ReadAll(journal).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task The_thread_goes_on_after_a_full_disk_by_itself()
    {
        var storage = new MemoryStorage { Full = true };
        var options = Small with { OwnThread = true, DiskFullRetry = TimeSpan.FromMilliseconds(10) };
        await using var journal = DurableJournal.Open(storage, options);
        journal.Append(Payload(1));
        var wait = journal.WaitUntilDurableAsync(1).AsTask();
        SpinWait.SpinUntil(() => journal.State == JournalState.DiskFull, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        storage.Full = false;
        await wait.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void The_disk_budget_pushes_back_until_something_is_trimmed()
    {
        using var journal = DurableJournal.Open(new MemoryStorage(), Small with { MaxDiskBytes = 3 * 512 });
        for (var sequence = 1; journal.State == JournalState.Running; sequence++)
        {
            journal.Append(Payload(sequence));
            journal.FlushPending();
            sequence.ShouldBeLessThan(100);
        }

        journal.State.ShouldBe(JournalState.DiskFull);
        journal.TrimThrough(journal.DurableThrough).ShouldBeGreaterThan(0);
        journal.FlushPending().ShouldBeTrue();
        journal.State.ShouldBe(JournalState.Running);
    }

    [Fact]
    public async Task A_closed_journal_fails_who_still_waits()
    {
        var journal = DurableJournal.Open(new MemoryStorage(), Small);
        var wait = journal.WaitUntilDurableAsync(1).AsTask();
        await journal.DisposeAsync();
        await Should.ThrowAsync<JournalFailedException>(() => wait);
        Should.Throw<JournalFailedException>(() => journal.Append(Payload(1)));
        await journal.DisposeAsync();
    }

    // Returns whether the injected failure happened.
    private static async Task<bool> Run(Action<MemoryStorage> inject, string what)
    {
        var storage = new MemoryStorage();
        var journal = DurableJournal.Open(storage, Small);
        inject(storage);
        var acknowledged = 0L;
        for (var sequence = 1L; sequence <= 40 && journal.State != JournalState.Failed; sequence++)
        {
            journal.Append(Payload(sequence)).ShouldBe(sequence);
            var wait = journal.WaitUntilDurableAsync(sequence).AsTask();
            if (journal.FlushPending())
            {
                await wait;
                acknowledged = sequence;
            }
            else
            {
                (await Should.ThrowAsync<JournalFailedException>(() => wait)).Message.ShouldContain("injected", customMessage: what);
            }
        }

        var failed = journal.State == JournalState.Failed;
        if (failed)
        {
            Should.Throw<JournalFailedException>(() => journal.Append(Payload(0)), what);
            await Should.ThrowAsync<JournalFailedException>(async () => await journal.AppendAsync(Payload(0)));
            await Should.ThrowAsync<JournalFailedException>(async () => await journal.WaitUntilDurableAsync(acknowledged + 1));
            journal.FlushPending().ShouldBeFalse();
        }

        journal.DurableThrough.ShouldBe(acknowledged, what);
        var disk = storage.Crash((_, _) => false);
        using var after = DurableJournal.Open(disk, Small);
        ReadAll(after).ShouldBe(Range(1, acknowledged), what);
        return failed;
    }
}
