using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Reading;

public sealed class JournalReaderTests
{
    [Fact]
    public async Task A_reader_follows_the_writer_across_segments()
    {
        const int Last = 5000;
        var options = Small with { SegmentBytes = 8192, OwnThread = true, MaxDiskBytes = 1 << 26 };
        await using var journal = DurableJournal.Open(new MemoryStorage(), options);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var reading = Task.Run(
            async () =>
            {
                var sequences = new List<long>();
                using var reader = journal.OpenReader(1);
                while (sequences.Count < Last)
                {
                    using var batch = await reader.ReadAsync(700, cancellationToken: timeout.Token);
                    batch.LastSequence.ShouldBeLessThanOrEqualTo(journal.DurableThrough);
                    sequences.AddRange(Check(batch));
                }

                return sequences;
            },
            timeout.Token);

        for (var sequence = 1L; sequence <= Last; sequence++)
        {
            await journal.AppendAsync(Payload(sequence), timeout.Token);
            if (sequence % 97 == 0)
                await journal.WaitUntilDurableAsync(sequence, timeout.Token);
        }

        (await reading).ShouldBe(Range(1, Last));
        journal.OpenReader(1).ShouldNotBeNull();
    }

    [Fact]
    public void Only_what_is_durable_is_read()
    {
        var storage = new MemoryStorage();
        using var journal = DurableJournal.Open(storage, Small);
        journal.Append(Payload(1));
        journal.FlushPending();
        journal.Append(Payload(2));
        storage.FailFlushIn = 1;
        journal.FlushPending().ShouldBeFalse();
        ReadAll(journal).ShouldBe([1]);
    }

    [Fact]
    public void Every_start_and_every_size_gives_the_same_records()
    {
        using var journal = DurableJournal.Open(Written(15, 3, closed: true), Small);
        for (var from = 1L; from <= 45; from++)
        {
            foreach (var maxBytes in (int[])[1, 60, 333, 100_000])
            {
                using var reader = journal.OpenReader(from);
                var sequences = new List<long>();
                while (reader.TryRead(maxBytes, maxRecords: 4) is { } batch)
                {
                    using (batch)
                    {
                        batch.Count.ShouldBeInRange(1, 4);
                        if (batch.Count > 1)
                            batch.Records.Length.ShouldBeLessThanOrEqualTo(maxBytes);
                        sequences.AddRange(Check(batch));
                    }
                }

                sequences.ShouldBe(Range(from, 45), $"from {from}, {maxBytes} bytes");
            }
        }
    }

    [Fact]
    public void Trimming_deletes_whole_segments_and_keeps_the_rest_readable()
    {
        var storage = Written(30, 3, closed: true);
        using var journal = DurableJournal.Open(storage, Small);
        var before = storage.Files.Count;
        journal.TrimThrough(0).ShouldBe(0);
        using var late = journal.OpenReader(1);
        late.TryRead(1)!.Dispose();

        var deleted = journal.TrimThrough(40);
        deleted.ShouldBeGreaterThan(0);
        storage.Files.Count.ShouldBe(before - deleted);
        journal.FirstSequence.ShouldBeInRange(2, 41);
        ReadAll(journal).ShouldBe(Range(journal.FirstSequence, 90));
        Should.Throw<JournalTrimmedException>(() => journal.OpenReader(1)).FirstSequence.ShouldBe(journal.FirstSequence);

        journal.TrimThrough(long.MaxValue);
        storage.Files.Count.ShouldBe(1);
        journal.Dispose();
        using var again = DurableJournal.Open(storage, Small);
        again.LastSequence.ShouldBe(90);
        again.Append(Payload(91)).ShouldBe(91);
    }

    [Fact]
    public void A_batch_is_not_to_be_used_after_it_was_given_back()
    {
        using var journal = DurableJournal.Open(Written(1, 1, closed: true), Small);
        using var reader = journal.OpenReader(1);
        var batch = reader.TryRead(100).ShouldNotBeNull();
        batch.Dispose();
        batch.Dispose();
        Should.Throw<ObjectDisposedException>(() => batch.Records);
    }

    [Fact]
    public async Task A_wait_for_records_ends_with_its_token_and_with_the_journal()
    {
        var journal = DurableJournal.Open(new MemoryStorage(), Small);
        using var reader = journal.OpenReader(1);
        using var cancellation = new CancellationTokenSource();
        var read = reader.ReadAsync(100, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);

        read = reader.ReadAsync(100).AsTask();
        await journal.DisposeAsync();
        await Should.ThrowAsync<JournalFailedException>(() => read);
    }
}
