using SmartCommunity.Journal.Tests.Support;

namespace SmartCommunity.Journal.Tests.Watermarks;

public sealed class WatermarkFileTests
{
    [Fact]
    public void It_rises_and_is_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var storage = new FolderStorage(folder.Path);
        var mark = WatermarkFile.Open(storage, "silos.watermark");
        (mark.Status, mark.Value).ShouldBe((WatermarkStatus.Missing, 0));
        mark.Advance(5);
        mark.Advance(3);
        mark.Value.ShouldBe(5);

        var again = WatermarkFile.Open(storage, "silos.watermark");
        (again.Status, again.Value).ShouldBe((WatermarkStatus.Whole, 5));
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void Any_cut_or_flipped_bit_counts_as_nothing_taken_over()
    {
        var storage = new MemoryStorage();
        WatermarkFile.Open(storage, "m").Advance(77);
        var bytes = storage.Files["m"].Bytes;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var mark = WatermarkFile.Open(storage, "m");
            (mark.Status, mark.Value).ShouldBe((WatermarkStatus.Damaged, 0), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            storage.Files["m"] = new MemoryStorage.MemoryFile(bytes[..length]);
            WatermarkFile.Open(storage, "m").Status.ShouldBe(WatermarkStatus.Damaged);
        }
    }

    [Fact]
    public void A_failed_write_leaves_the_old_number()
    {
        var storage = new MemoryStorage();
        var mark = WatermarkFile.Open(storage, "m");
        mark.Advance(5);
        storage.FailWriteIn = 1;
        Should.Throw<IOException>(() => mark.Advance(6));
        mark.Value.ShouldBe(5);
        WatermarkFile.Open(storage.Crash((_, _) => true), "m").Value.ShouldBe(5);
        storage.FailWriteIn = 0;
        mark.Advance(6);
        mark.Value.ShouldBe(6);
    }
}
