using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Places;

namespace SmartCommunity.Grains.Tests.Places;

public sealed class PlaceMemoryCodecTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_written_is_read_back()
    {
        var memory = Sample();
        var read = PlaceMemoryCodec.Read(PlaceMemoryCodec.Write(memory));
        read.Revision.ShouldBe(7);
        read.SeenThrough("edge").ShouldBe(1_234_567_890_123);
        read.SeenThrough("other").ShouldBe(0);
        read.Rules.ToArray().ShouldBe([1, 2, 3]);
        var device = read.Device(DeviceId.Parse("smoke-1"));
        device.Online.ShouldBe(true);
        device.LastSeenAt.ShouldBe(Noon);
        device.Values.Single().ShouldBe(new("temperature", Noon, 21.5));
        device.EventIds.ShouldBe(["a", "b"]);
        read.Device(DeviceId.Parse("silent-1")).Online.ShouldBeNull();
    }

    [Fact]
    public void Every_prefix_is_refused_but_the_empty_one()
    {
        var bytes = PlaceMemoryCodec.Write(Sample());
        for (var length = 1; length < bytes.Length - 3; length++)
        {
            Should.Throw<InvalidDataException>(() => PlaceMemoryCodec.Read(bytes.AsSpan(0, length)), $"a prefix of {length} bytes");
        }

        PlaceMemoryCodec.Read([]).Seen.ShouldBeEmpty();
    }

    [Fact]
    public void Another_version_is_refused() =>
        Should.Throw<InvalidDataException>(() => PlaceMemoryCodec.Read([9, 0, 0])).Message.ShouldContain("version 9");

    [Fact]
    public void A_device_remembers_its_last_event_ids_only()
    {
        var device = new LiveDevice();
        for (var i = 0; i < 100; i++)
        {
            device.Remember($"e{i}").ShouldBeTrue();
        }

        device.EventIds.Count.ShouldBe(LiveDevice.RememberedEventIds);
        device.Remember("e99").ShouldBeFalse();
        device.Remember("e0").ShouldBeTrue();
    }

    [Fact]
    public void An_older_value_does_not_replace_a_newer_one()
    {
        var id = DeviceId.Parse("d");
        var device = new LiveDevice();
        device.Take(new Sample(id, "power", Noon, 2));
        device.Take(new Sample(id, "power", Noon.AddSeconds(-1), 1));
        device.Values.Single().Value.ShouldBe(2);
    }

    private static PlaceMemory Sample()
    {
        var memory = new PlaceMemory { Revision = 7, Rules = new byte[] { 1, 2, 3 } };
        memory.Seen["edge"] = 1_234_567_890_123;
        var id = DeviceId.Parse("smoke-1");
        var device = memory.Device(id);
        device.Online = true;
        device.LastSeenAt = Noon;
        device.Take(new Sample(id, "temperature", Noon, 21.5));
        device.Remember("a");
        device.Remember("b");
        memory.Device(DeviceId.Parse("silent-1"));
        return memory;
    }
}
