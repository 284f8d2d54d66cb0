using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Stores.Events;

namespace SmartCommunity.Stores.Conformance;

public abstract class EventConformance : PortConformance<IEventStore>
{
    private static readonly DeviceId Camera = DeviceId.Parse("cam-1");
    private static readonly CommunityId Community = CommunityId.Parse("c1");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_123);

    [Fact]
    public async Task AnEventComesBackWhole()
    {
        var stored = Event("e1") with
        {
            Event = Event("e1").Event with
            {
                Confidence = 0.75,
                Historical = true,
                Data = EventData.Parse("""{"floor":12,"what":"花盆"}"""),
                Evidence = [new("image/jpeg", "https://x/1.jpg")],
            },
        };
        await Port.AppendAsync([stored], Limit);
        await ReopenAsync();

        var read = (await Port.ListAsync(Camera, 10, Limit)).ShouldHaveSingleItem();
        read.Community.ShouldBe(Community);
        read.ReceivedAt.ShouldBe(At.AddSeconds(1));
        read.Event.Evidence.ShouldBe(stored.Event.Evidence);
        (read.Event with { Evidence = stored.Event.Evidence }).ShouldBe(stored.Event);
    }

    [Fact]
    public async Task TheSameDeviceAndIdIsTheSameEventAndTheFirstStays()
    {
        await Port.AppendAsync([Event("e1")], Limit);
        await Port.AppendAsync([Event("e1", seconds: 9), Event("e2"), Event("e2", seconds: 5)], Limit);
        await Port.AppendAsync([Event("e1", device: "cam-2")], Limit);

        (await Port.ListAsync(Camera, 10, Limit)).Select(item => item.Event.Time).ShouldBe([At, At]);
        (await Port.ExistsAsync(Camera, "e2", Limit)).ShouldBeTrue();
        (await Port.ExistsAsync(DeviceId.Parse("cam-2"), "e1", Limit)).ShouldBeTrue();
        (await Port.ExistsAsync(DeviceId.Parse("cam-2"), "e2", Limit)).ShouldBeFalse();
    }

    [Fact]
    public async Task ListsAreNewestFirstByTheTimeTheyHappened()
    {
        await Port.AppendAsync([Event("late", seconds: 3), Event("early", seconds: 1), Event("middle", seconds: 2), Event("other", 9, "cam-2")], Limit);
        (await Port.ListAsync(Camera, 2, Limit)).Select(item => item.Event.Id).ShouldBe(["late", "middle"]);
    }

    [Fact]
    public async Task AnEventWithoutAnIdIsRefusedAndNothingStored()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Port.AppendAsync([Event("e1"), Event("")], Limit));
        (await Port.ListAsync(Camera, 10, Limit)).ShouldBeEmpty();
    }

    private static StoredEvent Event(string id, int seconds = 0, string device = "cam-1") => new(
        new() { Id = id, Device = DeviceId.Parse(device), Kind = EventKind.FallingObject, Phase = EventPhase.Pulse, Time = At.AddSeconds(seconds) },
        Community,
        At.AddSeconds(1));
}
