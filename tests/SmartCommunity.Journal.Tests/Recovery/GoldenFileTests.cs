using SmartCommunity.Journal.Tests.Support;
using static SmartCommunity.Journal.Tests.Support.JournalTesting;

namespace SmartCommunity.Journal.Tests.Recovery;

/// <summary>Format 1 as it was first written. A change of these bytes is a new format with a new version, and this one must still be read.</summary>
public sealed class GoldenFileTests
{
    private const string Format1 =
        "53434A524E4C0D0A" + "01000000" + "20000000" + "0500000000000000" + "00020000" + "3670FF76"
        + "08000000" + "87186D63" + "0000000000000000" + "0400000000000000"
        + "08000000" + "48EF3BEB" + "0500000000000000" + "7265636F72642035"
        + "08000000" + "A065512A" + "0000000000000000" + "0500000000000000";

    [Fact]
    public void It_is_written_byte_for_byte_and_read()
    {
        var storage = new MemoryStorage();
        using (var journal = DurableJournal.Open(storage, Small with { FirstSequence = 5 }))
        {
            journal.Append(Payload(5));
            journal.FlushPending();
        }

        var golden = Convert.FromHexString(Format1);
        storage.Files["00000000000000000005.journal"].Bytes.AsSpan(0, golden.Length).ToArray().ShouldBe(golden);
        storage.Files["00000000000000000005.journal"].Bytes.AsSpan(golden.Length).ToArray().ShouldAllBe(value => value == 0);

        var old = new MemoryStorage();
        old.Files["00000000000000000005.journal"] = new MemoryStorage.MemoryFile([.. golden, .. new byte[512 - golden.Length]]);
        using var again = DurableJournal.Open(old, Small);
        again.Recovery.Damages.ShouldBeEmpty();
        ReadAll(again).ShouldBe([5]);
    }
}
