using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Storage;

public sealed class FolderStorageTests
{
    private static readonly JournalOptions Threaded = Small with { SegmentBytes = 4096, OwnThread = true };

    [Fact]
    public async Task A_journal_on_the_real_disk_is_written_closed_and_continued()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "not", "yet", "there");
        for (var round = 0; round < 3; round++)
        {
            await using var journal = DurableJournal.Open(path, Threaded);
            journal.Recovery.LastSequence.ShouldBe(round * 200);
            journal.Recovery.Tail.ShouldBeNull();
            journal.Recovery.Damages.ShouldBeEmpty();
            for (var index = 0; index < 200; index++)
                journal.Append(Payload(journal.LastSequence + 1));
            await journal.WaitUntilDurableAsync(journal.LastSequence);
            ReadAll(journal).ShouldBe(Range(1, (round + 1) * 200));
        }

        Directory.GetFiles(path, "*.journal").Length.ShouldBeGreaterThan(3);
        File.Exists(Path.Combine(path, SegmentFormat.SpareName)).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_is_open_once()
    {
        using var folder = new TemporaryFolder();
        using (DurableJournal.Open(folder.Path, Threaded))
        {
            var error = Should.Throw<JournalInUseException>(() => DurableJournal.Open(folder.Path, Threaded));
            error.Message.ShouldContain(folder.Path);
        }

        DurableJournal.Open(folder.Path, Threaded).Dispose();
    }

    [Fact]
    public void A_segment_is_made_with_its_full_length()
    {
        using var folder = new TemporaryFolder();
        using var journal = DurableJournal.Open(folder.Path, Small);
        journal.Append(Payload(1));
        journal.FlushPending().ShouldBeTrue();
        new FileInfo(Path.Combine(folder.Path, SegmentFormat.NameOf(1))).Length.ShouldBe(512);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var error = Should.Throw<ArgumentException>(() => new JournalOptions { SegmentBytes = 100, MaxRecordBytes = 0, TakenOverThrough = -1 }.Validate());
        error.Message.ShouldContain("SegmentBytes");
        error.Message.ShouldContain("MaxRecordBytes");
        error.Message.ShouldContain("TakenOverThrough");
        new JournalOptions().Validate();
    }
}
