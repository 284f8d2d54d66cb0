using SmartCommunity.Host.Edge;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Host.Tests.Edge;

public sealed class TopicRulesTests
{
    private static readonly ClientIdentity Device = new("cam-1", ClientKind.Device, "cam-1");
    private static readonly ClientIdentity Display = new("display", ClientKind.Subscriber, "wall");
    private readonly TopicRules _rules = new();

    [Theory]
    [InlineData("sc/v1/cam-1/event", true)]
    [InlineData("sc/v1/cam-1/a/b", true)]
    [InlineData("sc/v1/cam-10/event", false)]
    [InlineData("sc/v1/cam-2/event", false)]
    [InlineData("sc/v1/cam-1", false)]
    [InlineData("sc/v1/incidents/b1/i-1", false)]
    [InlineData("sc/v2/cam-1/event", false)]
    [InlineData("SC/v1/cam-1/event", false)]
    [InlineData("x/sc/v1/cam-1/event", false)]
    [InlineData("$SYS/x", false)]
    public void A_device_publishes_below_its_own_name(string topic, bool may) => _rules.MayPublish(Device, topic).ShouldBe(may);

    [Theory]
    [InlineData("sc/v1/cam-1/#", true)]
    [InlineData("sc/v1/cam-1/+", true)]
    [InlineData("sc/v1/cam-1/command", true)]
    [InlineData("#", false)]
    [InlineData("sc/v1/#", false)]
    [InlineData("sc/v1/+/event", false)]
    [InlineData("+/v1/cam-1/event", false)]
    [InlineData("sc/v1/cam-2/#", false)]
    [InlineData("sc/v1/incidents/#", false)]
    [InlineData("sc/v1/cam-1", false)]
    public void A_device_reads_below_its_own_name(string filter, bool may) => _rules.MaySubscribe(Device, filter).ShouldBe(may);

    [Theory]
    [InlineData("sc/v1/incidents/#", true)]
    [InlineData("sc/v1/incidents/b1/+", true)]
    [InlineData("sc/v1/incidents", false)]
    [InlineData("sc/v1/#", false)]
    [InlineData("sc/v1/+/b1/i-1", false)]
    [InlineData("sc/v1/cam-1/#", false)]
    [InlineData("sc/v1/display/x", false)]
    [InlineData("#", false)]
    public void A_subscriber_reads_incidents(string filter, bool may) => _rules.MaySubscribe(Display, filter).ShouldBe(may);

    [Theory]
    [InlineData("sc/v1/display/event")]
    [InlineData("sc/v1/incidents/b1/i-1")]
    [InlineData("anything")]
    public void A_subscriber_publishes_nothing(string topic) => _rules.MayPublish(Display, topic).ShouldBeFalse();

    // "incidents" would be a device whose own topics are everybody's.
    [Fact]
    public void A_device_may_not_take_the_place_of_the_incidents()
    {
        var impostor = new ClientIdentity("incidents", ClientKind.Device, "incidents");
        _rules.MayPublish(impostor, "sc/v1/incidents/b1/i-1").ShouldBeFalse();
        _rules.MaySubscribe(impostor, "sc/v1/incidents/#").ShouldBeFalse();
    }
}
