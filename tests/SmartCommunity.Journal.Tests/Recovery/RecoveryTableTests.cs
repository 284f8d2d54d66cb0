using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Recovery;

/// <summary>The rows of the recovery table in FORMAT.md that <see cref="EveryByteTests"/> does not go through, one test each.</summary>
public sealed class RecoveryTableTests
{
    private static readonly JournalOptions OneSegment = Small with { SegmentBytes = 4096 };

    [Fact]
    public void A_clean_end_is_not_worth_a_word()
    {
        using var journal = DurableJournal.Open(Written(5, 3, closed: true), Small);
        journal.Recovery.Tail.ShouldBeNull();
        journal.Recovery.Damages.ShouldBeEmpty();
        journal.Recovery.LastSequence.ShouldBe(15);
        journal.DurableThrough.ShouldBe(15);
    }

    [Fact]
    public void A_flush_that_was_torn_in_any_order_is_cut_and_nothing_of_it_comes_back()
    {
        var storage = new MemoryStorage();
        var journal = DurableJournal.Open(storage, OneSegment);
        AppendAndFlush(journal, 4);
        for (var index = 0; index < 30; index++)
            journal.Append(Payload(journal.LastSequence + 1));
        storage.FailFlushIn = 1;
        journal.FlushPending().ShouldBeFalse();

        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var survivors = Enumerable.Range(0, 4096 / 64).Select(_ => random.Next(2) == 0).ToArray();
            var crashed = storage.Crash((_, offset) => survivors[offset / 64]);
            using var after = DurableJournal.Open(crashed, OneSegment);
            var kept = ReadAll(after);
            kept.Count.ShouldBeInRange(4, 34, $"seed {seed}");
            kept.ShouldBe(Range(1, kept.Count), $"seed {seed}");
            after.Recovery.Damages.ShouldBeEmpty();

            // Shorter than the records that were there, so that stale ones lie right behind it.
            after.Append(Payload(kept.Count + 1));
            after.FlushPending().ShouldBeTrue();
            after.Dispose();
            using var again = DurableJournal.Open(crashed, OneSegment);
            ReadAll(again).ShouldBe(Range(1, kept.Count + 1), $"seed {seed}");
        }
    }

    [Fact]
    public void Damage_before_a_mark_that_proves_a_flush_is_refused_and_changes_nothing()
    {
        var storage = Written(3, 2, closed: false, OneSegment);
        var file = storage.Files.Values.Single();
        file.Bytes[SegmentFormat.HeaderBytes + DurableMark.Bytes + 20] ^= 1;
        var before = (byte[])file.Bytes.Clone();

        var refusal = Should.Throw<JournalDamagedException>(() => DurableJournal.Open(storage, OneSegment));
        var damage = refusal.Report!.Damages.ShouldHaveSingleItem();
        (damage.Kind, damage.LostFrom, damage.LostThrough).ShouldBe((DamageKind.Middle, 1, 1));
        refusal.Message.ShouldContain("records 1 to 1 are lost");
        file.Bytes.ShouldBe(before);
        storage.Lock("journal.lock").Dispose();
    }

    [Fact]
    public void Damage_to_what_readers_have_taken_over_loses_nothing()
    {
        var storage = Written(3, 2, closed: true, OneSegment);
        storage.Files.Values.Single().Bytes[SegmentFormat.HeaderBytes + DurableMark.Bytes + 20] ^= 1;
        using var journal = DurableJournal.Open(storage, OneSegment with { TakenOverThrough = 1 });
        journal.Recovery.Damages.ShouldHaveSingleItem();
        journal.Recovery.LostRecords.ShouldBe(0);
        ReadAll(journal).ShouldBe(Range(2, 6));
    }

    [Fact]
    public void A_missing_segment_in_between_is_a_loss()
    {
        var storage = Written(20, 3, closed: true);
        var names = storage.Files.Keys.Order(StringComparer.Ordinal).ToList();
        SegmentFormat.TryParseName(names[1], out var from).ShouldBeTrue();
        SegmentFormat.TryParseName(names[2], out var to).ShouldBeTrue();
        storage.Delete(names[1]);

        Should.Throw<JournalDamagedException>(() => DurableJournal.Open(storage, Small)).Report!.LostRecords.ShouldBe(to - from);
        using var journal = DurableJournal.Open(storage, Small with { OnDamage = DamagePolicy.KeepWhole });
        ReadAll(journal).ShouldBe(Range(1, from - 1).Concat(Range(to, 60)));
    }

    [Fact]
    public void A_journal_that_ends_before_the_watermark_gives_no_number_twice()
    {
        var storage = Written(2, 2, closed: true, OneSegment);
        var options = OneSegment with { TakenOverThrough = 9 };
        using (var journal = DurableJournal.Open(storage, options))
        {
            var damage = journal.Recovery.Damages.ShouldHaveSingleItem();
            (damage.Kind, damage.LostFrom, damage.LostThrough).ShouldBe((DamageKind.EndsEarly, 5, 9));
            journal.Append(Payload(10)).ShouldBe(10);
            journal.FlushPending().ShouldBeTrue();
            ReadAll(journal).ShouldBe([1, 2, 3, 4, 10]);
        }

        using var again = DurableJournal.Open(storage, options);
        ReadAll(again).ShouldBe([1, 2, 3, 4, 10]);
    }

    [Fact]
    public void An_empty_folder_with_a_watermark_starts_behind_it()
    {
        using var journal = DurableJournal.Open(new MemoryStorage(), Small with { TakenOverThrough = 41 });
        journal.FirstSequence.ShouldBe(42);
        journal.Append(Payload(42)).ShouldBe(42);
    }

    [Fact]
    public void Another_version_and_a_renamed_segment_are_refused()
    {
        var storage = Written(1, 1, closed: true);
        var bytes = storage.Files.Values.Single().Bytes;
        var renamed = new MemoryStorage();
        renamed.Files[SegmentFormat.NameOf(2)] = new MemoryStorage.MemoryFile((byte[])bytes.Clone());
        Should.Throw<JournalDamagedException>(() => DurableJournal.Open(renamed, Small)).Message.ShouldContain("renamed");

        bytes[8] = 2;
        BitConverter.GetBytes(Crc32C.Of(bytes.AsSpan(0, 28))).CopyTo(bytes, 28);
        Should.Throw<JournalDamagedException>(() => DurableJournal.Open(storage, Small)).Message.ShouldContain("version");
    }

    [Fact]
    public void Segments_that_overlap_are_refused()
    {
        var storage = Written(20, 3, closed: true);
        var names = storage.Files.Keys.Order(StringComparer.Ordinal).ToList();
        var stray = new byte[512];
        SegmentFormat.WriteHeader(stray, 2, 512);
        storage.Files[SegmentFormat.NameOf(2)] = new MemoryStorage.MemoryFile(stray);
        Should.Throw<JournalDamagedException>(() => DurableJournal.Open(storage, Small)).Message.ShouldContain(names[0]);
    }

    [Fact]
    public void Without_verification_of_all_segments_the_reader_finds_the_damage()
    {
        var storage = Written(20, 3, closed: true);
        storage.Files[SegmentFormat.NameOf(1)].Bytes[^1] ^= 1;
        using var journal = DurableJournal.Open(storage, Small with { Verification = JournalVerification.LastSegment });
        journal.Recovery.Damages.ShouldBeEmpty();
        Should.Throw<JournalDamagedException>(() => ReadAll(journal)).Message.ShouldContain(SegmentFormat.NameOf(1));
    }

    [Fact]
    public void What_is_left_of_a_prepared_segment_is_removed()
    {
        var storage = Written(1, 1, closed: true);
        storage.Files[SegmentFormat.SpareName] = new MemoryStorage.MemoryFile(new byte[7]);
        using var journal = DurableJournal.Open(storage, Small);
        storage.Files.ShouldNotContainKey(SegmentFormat.SpareName);
    }

    private static void AppendAndFlush(DurableJournal journal, int count)
    {
        for (var index = 0; index < count; index++)
            journal.Append(Payload(journal.LastSequence + 1));
        journal.FlushPending().ShouldBeTrue();
    }
}
