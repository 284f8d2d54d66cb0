using System.Text;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Tests.Topics;

public sealed class TopicCacheTests
{
    [Fact]
    public void ATopicInTheCacheIsTheSameObjectAndCostsNoAllocation()
    {
        var cache = new TopicCache();
        var bytes = "sc/v1/camera-1/telemetry"u8.ToArray();
        var first = cache.Get(bytes);
        cache.Get("another"u8);
        cache.Get(bytes).ShouldBeSameAs(cache.Get(bytes));
        first.Text.ShouldBe("sc/v1/camera-1/telemetry");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) cache.Get(bytes);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void ManyTopicsEvictEachOtherAndAreAlwaysRight()
    {
        var cache = new TopicCache(capacity: 4);
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var text = $"t/{random.Next(40)}/楼";
            cache.Get(Encoding.UTF8.GetBytes(text)).Text.ShouldBe(text);
        }
    }

    [Fact]
    public void BadTopicsAreNotRemembered()
    {
        var cache = new TopicCache();
        for (var i = 0; i < 3; i++) Should.Throw<MqttProtocolException>(() => cache.Get("a/#"u8));
        Should.Throw<MqttProtocolException>(() => cache.Get([0xFF]));
        cache.Get("a"u8).Text.ShouldBe("a");
    }
}
