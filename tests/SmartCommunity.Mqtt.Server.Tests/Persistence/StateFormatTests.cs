using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>Records of format 1, byte by byte: what is on disk somewhere must be readable for ever.</summary>
public sealed class StateFormatTests
{
    private static readonly ClientIdentity Client = new("n", ClientKind.Subscriber, "c");

    private static readonly Message Kept = new("t", "t"u8.ToArray(), "x"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true, null, null)
    {
        Number = 5,
        Owner = "n",
    };

    [Fact]
    public void EachRecordIsWrittenAsFormat1Says()
    {
        var how = new StoredDelivery(QualityOfService.ExactlyOnce, Retain: true, Shared: 9, SubscriptionIds: [7, 300]);
        ShouldBe(StateRecords.Opened(1, Client, TimeSpan.FromSeconds(60)), "01 01 016E 01 0163 3C");
        ShouldBe(StateRecords.Attached(1, Client, TimeSpan.FromSeconds(60)), "02 01 01 3C");
        ShouldBe(StateRecords.Left(1, TimeSpan.FromSeconds(60), DateTimeOffset.FromUnixTimeMilliseconds(1_000)), "03 01 3C E807");
        ShouldBe(StateRecords.Ended(1), "04 01");
        ShouldBe(StateRecords.Subscribed(1, 2, new ImageSubscription("a/#", 0x0E, 7)), "05 01 02 03612F23 0E 07");
        ShouldBe(StateRecords.Unsubscribed(1, 2), "06 01 02");
        ShouldBe(StateRecords.Published(Kept, StateReplay.Keeps, []), "07 05 01 00 0174 25 0178 016E");
        ShouldBe(StateRecords.Queued(5, 1, how), "08 05 01 01 1E 09 02 07 AC02");
        ShouldBe(StateRecords.Sent(1, 300, 5), "09 01 AC02 05");
        ShouldBe(StateRecords.RetainedSent(1, 300, 5, how), "0A 01 AC02 05 1E 09 02 07 AC02");
        ShouldBe(StateRecords.OfPacket(StateRecordKind.Received, 1, 300), "0B 01 AC02");
        ShouldBe(StateRecords.OfPacket(StateRecordKind.Completed, 1, 300), "0C 01 AC02");
        ShouldBe(StateRecords.Dropped(1, 5), "0D 01 05");
        ShouldBe(StateRecords.IdReceived(1, 300, 1_000), "0E 01 AC02 E807");
        ShouldBe(StateRecords.OfPacket(StateRecordKind.IdReleased, 1, 300), "0F 01 AC02");
        ShouldBe(StateRecords.RetainedRemoved("t"), "10 0174");
        ShouldBe(StateRecords.WillDelayed(1, DateTimeOffset.FromUnixTimeMilliseconds(1_000), TimeSpan.FromSeconds(60)), "11 01 E807 3C");
        ShouldBe(StateRecords.WillGone(1), "12 01");
        ShouldBe(StateRecords.SnapshotEnd(new StateNumbers(1, 5, 2)), "00 01 05 02");
    }

    [Fact]
    public void ARecordThatEndsEarlyOrIsUnknownIsRefusedAndChangesNothingElse()
    {
        var image = new StateImage();
        byte[][] wrong = [[19], [1, 1, 9], [7, 5, 1], [3], [0]];
        foreach (var record in wrong) Should.Throw<StateFormatException>(() => image.Apply(record));
        image.Sessions.ShouldBeEmpty();
        image.Apply([9, 77, 1, 1]);
    }

    [Fact]
    public void AMessageForNobodyWhoLastsWritesAndAllocatesNothing()
    {
        using var world = World.Open();
        world.Subscribe(world.Session("s"), "other/#");
        var topic = Mqtt.Topics.TopicName.Create("hot/path");
        var before = world.Store.LastPosition;
        for (var i = 0; i < 10; i++) world.Router.Publish(topic, "x"u8, QualityOfService.AtLeastOnce, retain: false, null, null);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) world.Router.Publish(topic, "x"u8, QualityOfService.AtLeastOnce, retain: false, null, null);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBe(0);
        world.Store.LastPosition.ShouldBe(before);
    }

    private static void ShouldBe(RecordWriter record, string expected) =>
        Convert.ToHexString(record.Written).ShouldBe(expected.Replace(" ", "", StringComparison.Ordinal));
}
