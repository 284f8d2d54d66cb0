using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Recovery;

/// <summary>A small journal cut at every byte, and with every bit flipped: noticed always, and nothing wrong is ever served.</summary>
public sealed class EveryByteTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_last_segment_cut_at_every_byte_keeps_all_whole_records_and_goes_on(bool closed)
    {
        var original = Written(flushes: 4, recordsPerFlush: 2, closed);
        var name = original.Files.Keys.Single();
        var bytes = original.Files[name].Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = new MemoryStorage();
            cut.Files[name] = new MemoryStorage.MemoryFile(bytes[..length]);
            using var journal = DurableJournal.Open(cut, Small);

            var kept = ReadAll(journal);
            kept.ShouldBe(Range(1, WholeRecords(bytes, length)), $"cut at {length}");
            journal.Recovery.Tail.ShouldNotBeNull().Shortened.ShouldBeTrue();

            journal.Append(Payload(kept.Count + 1)).ShouldBe(kept.Count + 1);
            journal.FlushPending().ShouldBeTrue();
            ReadAll(journal).ShouldBe(Range(1, kept.Count + 1));
        }
    }

    [Fact]
    public void An_earlier_segment_cut_at_every_byte_is_refused_and_its_whole_records_can_be_kept()
    {
        var original = Written(flushes: 12, recordsPerFlush: 3, closed: true);
        original.Files.Count.ShouldBeGreaterThan(2);
        var name = original.Files.Keys.Order(StringComparer.Ordinal).ElementAt(1);
        var bytes = original.Files[name].Bytes;
        SegmentFormat.TryParseName(name, out var first).ShouldBeTrue();
        var inSegment = WholeRecords(bytes, bytes.Length);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = original.Copy();
            cut.Files[name] = new MemoryStorage.MemoryFile(bytes[..length]);
            var whole = WholeRecords(bytes, length);
            if (whole < inSegment)
            {
                var refusal = Should.Throw<JournalDamagedException>(() => DurableJournal.Open(cut, Small), $"cut at {length}");
                refusal.Report!.LostRecords.ShouldBe(inSegment - whole);
            }

            using var journal = DurableJournal.Open(cut, Small with { OnDamage = DamagePolicy.KeepWhole });
            ReadAll(journal).ShouldBe(Range(1, first + whole - 1).Concat(Range(first + inSegment, 36)), $"cut at {length}");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_closed_journal_is_reported_and_every_other_record_is_served()
    {
        var original = Written(flushes: 8, recordsPerFlush: 2, closed: true);
        original.Files.Count.ShouldBe(2);
        foreach (var (name, file) in original.Files.ToList())
        {
            for (var bit = 0; bit < file.Bytes.Length * 8; bit++)
                CheckFlip(original, name, bit);
        }
    }

    private static void CheckFlip(MemoryStorage original, string name, int bit)
    {
        var flipped = original.Copy();
        flipped.Files[name].Bytes[bit / 8] ^= (byte)(1 << (bit % 8));

        using var journal = DurableJournal.Open(flipped, Small with { OnDamage = DamagePolicy.KeepWhole });
        var report = journal.Recovery;
        (report.Damages.Count > 0 || report.Tail is not null).ShouldBeTrue($"bit {bit} of {name} was not noticed");
        report.LostRecords.ShouldBeLessThanOrEqualTo(1);
        var served = ReadAll(journal);
        served.Count.ShouldBe(16 - (int)report.LostRecords, $"bit {bit} of {name}: {string.Join("; ", report.Damages)}");
        served.ShouldBeInOrder();

        journal.Append(Payload(17)).ShouldBe(17);
        journal.FlushPending().ShouldBeTrue();
        ReadAll(journal).ShouldBe([.. served, 17]);
    }

    // Counts by the format's own rule, apart from the code under test: length, checksum, sequence.
    private static int WholeRecords(byte[] bytes, int length)
    {
        var (position, count) = (SegmentFormat.HeaderBytes, 0);
        while (position + JournalRecords.HeaderBytes <= length)
        {
            var end = position + JournalRecords.HeaderBytes + BitConverter.ToInt32(bytes, position);
            var sequence = BitConverter.ToInt64(bytes, position + 8);
            if (end > length || (sequence == 0 && BitConverter.ToInt32(bytes, position) == 0))
                break;
            count += sequence == 0 ? 0 : 1;
            position = end;
        }

        return count;
    }
}
