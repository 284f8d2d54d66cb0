using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Tests;

public sealed class EventBatchTests
{
    [Fact]
    public void Events_without_an_id_get_one_from_their_place_in_the_journal()
    {
        var item = new CommunityEvent { Device = DeviceId.Parse("d"), Kind = EventKind.Smoke, Time = DateTimeOffset.UnixEpoch };
        var batch = new EventBatch { ReceivedAt = DateTimeOffset.UnixEpoch, Events = [item with { Id = "own" }, item, item] };
        batch.IdentifiedEvents(GatewayId.Parse("edge-1"), 42).Select(identified => identified.Id).ShouldBe(["own", "edge-1:42:1", "edge-1:42:2"]);
    }

    [Fact]
    public void A_batch_is_empty_only_when_nothing_is_in_it()
    {
        var empty = new EventBatch { ReceivedAt = DateTimeOffset.UnixEpoch };
        empty.IsEmpty.ShouldBeTrue();
        (empty with { DeadLetter = new("t", default, null, "", "why") }).IsEmpty.ShouldBeFalse();
        (empty with { Samples = [new(DeviceId.Parse("d"), "m", DateTimeOffset.UnixEpoch, 1)] }).IsEmpty.ShouldBeFalse();
    }
}
