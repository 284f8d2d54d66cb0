using SmartCommunity.Mqtt.Server.Persistence;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>What a damaged, full or broken disk means.</summary>
public sealed class StateDamageTests
{
    [Fact]
    public void ADamagedRecordIsReportedAndTheRestIsRead()
    {
        var world = Filled(out _);
        world.Dispose();
        // A byte in the middle of the records.
        world.Disk.Damage(f => f.EndsWith(".journal", StringComparison.Ordinal), 600);
        using var after = World.Open(world.Disk, world.Clock);
        after.Log.Lines.ShouldContain(l => l.Event == 2081 && l.Text.Contains("lost", StringComparison.Ordinal));
        after.Session("s").Outgoing.Count.ShouldBeInRange(30, 39);
        after.Log.Lines.Count(l => l.Event == 2083).ShouldBe(1, "a fresh snapshot replaces what is damaged");
        using var again = World.Open(after.Disk.Crash(() => true), world.Clock);
        again.Log.Lines.ShouldNotContain(l => l.Event == 2081);
        again.Session("s").Outgoing.Count.ShouldBe(after.Session("s").Outgoing.Count);
    }

    [Fact]
    public void ADamagedSnapshotIsReportedAndTheRestIsRead()
    {
        var world = Filled(out _);
        world.Store.Compact();
        world.Dispose();
        world.Disk.Damage(f => f.EndsWith(".snapshot", StringComparison.Ordinal), 600);
        using var after = World.Open(world.Disk, world.Clock);
        after.Log.Lines.ShouldContain(l => l.Event == 2081 && l.Text.Contains("snapshot", StringComparison.Ordinal));
        after.Session("s").Outgoing.Count.ShouldBeInRange(30, 39);
    }

    [Fact]
    public void ASnapshotThatWasNotFinishedIsNotMissed()
    {
        var world = Filled(out _);
        world.Disk.Create(SnapshotFile.NewName, 0).Write(0, "rubbish"u8);
        using var after = world.Crash(() => true);
        after.Session("s").Outgoing.Count.ShouldBe(40);
        after.Store.Compact();
        using var again = after.Crash(() => false);
        again.Session("s").Outgoing.Count.ShouldBe(40);
    }

    [Fact]
    public void AFileOfAnotherFormatIsRefused()
    {
        var world = Filled(out _);
        world.Store.Compact();
        world.Dispose();
        var snapshot = world.Disk.List().Single(f => f.EndsWith(".snapshot", StringComparison.Ordinal));
        using (var file = world.Disk.Create(snapshot, 0))
        {
            var other = new System.Buffers.ArrayBufferWriter<byte>();
            Journal.JournalRecords.Write(other, 1, "SCSTATE\u0002"u8);
            file.Write(0, other.WrittenSpan);
        }

        Should.Throw<IOException>(() => World.Open(world.Disk, world.Clock)).Message.ShouldContain("format");
    }

    [Fact]
    public async Task AFullDiskHoldsAcknowledgementsUntilThereIsRoom()
    {
        using var world = Filled(out _);
        world.Disk.IsFull = true;
        var position = world.Publish("a/1", new string('x', 8_000));
        world.Store.Flush().ShouldBeFalse();
        position.ShouldBeGreaterThan(world.Store.DurableThrough);
        for (var i = 0; !world.Store.IsCongested; i++) position = world.Publish("a/1", $"{i}" + new string('x', 8_000));
        world.Store.WaitForRoomAsync(default).IsCompleted.ShouldBeFalse("publishers wait");
        world.Log.Lines.ShouldContain(l => l.Event == 2085 && l.Text.Contains("full", StringComparison.Ordinal));
        world.Disk.IsFull = false;
        world.Flush();
        await world.Store.WaitUntilDurableAsync(position, default);
        await world.Store.WaitForRoomAsync(default);
    }

    [Fact]
    public async Task ABrokenDiskAcknowledgesNothingAndCrashesNothing()
    {
        using var world = Filled(out _);
        world.Disk.IsBroken = true;
        var position = world.Publish("a/1", "x");
        world.Store.Flush().ShouldBeFalse();
        await Should.ThrowAsync<IOException>(async () => await world.Store.WaitUntilDurableAsync(position, default));
        var later = world.Publish("a/1", "y");
        later.ShouldBe(StateStore.Never);
        await Should.ThrowAsync<IOException>(async () => await world.Store.WaitUntilDurableAsync(later, default));
        world.Log.Lines.Count(l => l.Event == 2085).ShouldBe(1);
        world.Session("s").Outgoing.Count.ShouldBe(42, "subscribers are served from memory");
    }

    [Fact]
    public void TheLogIsReplacedBySnapshotsAndStaysSmall()
    {
        using var world = World.Open();
        var session = world.Session("s");
        world.Subscribe(session, "a/#");
        session.Outgoing.Attach(10);
        for (var round = 0; round < 200; round++)
        {
            for (var i = 0; i < 10; i++) world.Publish("a/1", new string('x', 1_000));
            while (session.Outgoing.TryNext(world.Clock.GetUtcNow(), out var packet)) session.Outgoing.Complete(packet.PacketId);
            world.Flush();
            if (round % 20 == 19) world.Store.Compact();
        }

        world.Disk.List().Count(f => f.EndsWith(".journal", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
        world.Disk.List().Count(f => f.EndsWith(".snapshot", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static World Filled(out long position)
    {
        var world = World.Open(options: World.Small with { MaxStatePendingBytes = 64 * 1024 });
        world.Subscribe(world.Session("s"), "a/#");
        position = 0;
        for (var i = 0; i < 40; i++) position = world.Publish("a/1", $"{i}");
        world.Flush();
        return world;
    }
}
