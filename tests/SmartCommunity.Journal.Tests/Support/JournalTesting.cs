using System.Text;

namespace SmartCommunity.Journal.Tests.Support;

internal static class JournalTesting
{
    /// <summary>Small segments and no thread: every test step happens when the test says so.</summary>
    public static JournalOptions Small { get; } = new() { SegmentBytes = 512, MaxRecordBytes = 400, MaxDiskBytes = 1 << 20, OwnThread = false };

    public static byte[] Payload(long number) => Encoding.UTF8.GetBytes($"record {number}");

    /// <summary>A journal of some flushes with some records each, as a disk.</summary>
    public static MemoryStorage Written(int flushes, int recordsPerFlush, bool closed, JournalOptions? options = null)
    {
        var storage = new MemoryStorage();
        var journal = DurableJournal.Open(storage, options ?? Small);
        for (var flush = 0; flush < flushes; flush++)
        {
            for (var index = 0; index < recordsPerFlush; index++)
                journal.Append(Payload(journal.LastSequence + 1));
            journal.FlushPending().ShouldBeTrue();
        }

        if (!closed)
            return storage.Copy();
        journal.Dispose();
        return storage;
    }

    /// <summary>All that can be read, with its sequences; checks that payload and sequence belong together.</summary>
    public static List<long> ReadAll(DurableJournal journal, int maxBytes = 1 << 16)
    {
        var sequences = new List<long>();
        using var reader = journal.OpenReader(journal.FirstSequence);
        while (reader.TryRead(maxBytes) is { } batch)
        {
            using (batch)
                sequences.AddRange(Check(batch));
        }

        return sequences;
    }

    public static List<long> Check(JournalBatch batch)
    {
        var sequences = new List<long>();
        var records = new JournalRecordReader(batch.Records.Span);
        while (records.TryRead(out var sequence, out var payload))
        {
            Encoding.UTF8.GetString(payload).ShouldBe($"record {sequence}");
            sequences.Add(sequence);
        }

        sequences.Count.ShouldBe(batch.Count);
        sequences[0].ShouldBe(batch.FirstSequence);
        sequences[^1].ShouldBe(batch.LastSequence);
        return sequences;
    }

    public static IEnumerable<long> Range(long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
            yield return sequence;
    }
}
