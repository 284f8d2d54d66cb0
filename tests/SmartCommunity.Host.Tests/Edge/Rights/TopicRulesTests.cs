using SmartCommunity.Host.Edge.Rights;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Tests.Edge.Rights;

public sealed class TopicRulesTests : IAsyncLifetime, IDisposable
{
    private static readonly ClientIdentity Device = new("cam-1", ClientKind.Device, "cam-1");
    private static readonly ClientIdentity Display = new("display", ClientKind.Subscriber, "wall");
    private static readonly ClientIdentity Site = new("site-7", ClientKind.Gateway, "gw-a");

    private readonly EdgeParts _parts = new();
    private readonly TopicRules _rules;

    public TopicRulesTests() => _rules = new(_parts.Accounts);

    public async Task InitializeAsync()
    {
        _parts.Store.Put(EdgeParts.Account("display", AccountKind.Subscriber, publish: ["sc/v1/+/event"], subscribe: [MqttAccount.OpenIncidents]));
        _parts.Store.Put(EdgeParts.Account("site-7", AccountKind.Gateway, publish: ["sc/v1/+/event", "gw/%u/%c", "sc/v1/incidents/#"], subscribe: ["gw/%u/#", "cmd/%c/+"]));
        await _parts.Accounts.ReloadAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _parts.Dispose();

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
    [InlineData("$share/g/sc/v1/cam-1/#", true)]
    [InlineData("$share/g/sc/v1/cam-2/#", false)]
    [InlineData("$share/g/#", false)]
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
    [InlineData("sc/v1/incidents", true)]
    [InlineData("$share/walls/sc/v1/incidents/#", true)]
    [InlineData("$share/walls/#", false)]
    [InlineData("sc/v1/#", false)]
    [InlineData("sc/v1/+/b1/i-1", false)]
    [InlineData("sc/v1/cam-1/#", false)]
    [InlineData("sc/v1/display/x", false)]
    [InlineData("#", false)]
    public void A_subscriber_reads_what_its_rules_cover(string filter, bool may) => _rules.MaySubscribe(Display, filter).ShouldBe(may);

    [Theory]
    [InlineData("sc/v1/display/event")]
    [InlineData("sc/v1/incidents/b1/i-1")]
    [InlineData("anything")]
    public void A_subscriber_publishes_nothing_whatever_its_rules_say(string topic) => _rules.MayPublish(Display, topic).ShouldBeFalse();

    [Theory]
    [InlineData("sc/v1/cam-1/event", true)]
    [InlineData("sc/v1/cam-1/status", false)]
    [InlineData("gw/site-7/gw-a", true)]
    [InlineData("gw/site-7/gw-b", false)]
    [InlineData("gw/site-8/gw-a", false)]
    [InlineData("sc/v1/incidents/b1/i-1", false)]
    public void A_gateway_publishes_what_its_rules_match(string topic, bool may)
    {
        _rules.MayPublish(Site, topic).ShouldBe(may);

        // And again, from memory.
        _rules.MayPublish(Site, topic).ShouldBe(may);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    public void A_client_id_can_not_widen_a_rule(string clientId)
    {
        var client = Site with { ClientId = clientId };
        _rules.MaySubscribe(client, "cmd/x/y").ShouldBeFalse();
        _rules.MaySubscribe(client, $"cmd/{clientId}/y").ShouldBeFalse();
        _rules.MaySubscribe(client, "gw/site-7/x").ShouldBeTrue();
    }

    [Fact]
    public async Task New_rules_hold_for_connections_that_are_there()
    {
        _rules.MayPublish(Site, "sc/v1/cam-1/event").ShouldBeTrue();
        _parts.Store.Put(EdgeParts.Account("site-7", AccountKind.Gateway, publish: ["sc/v1/+/status"]));
        await _parts.Accounts.ReloadAsync(default);
        _rules.MayPublish(Site, "sc/v1/cam-1/event").ShouldBeFalse();
        _rules.MayPublish(Site, "sc/v1/cam-1/status").ShouldBeTrue();

        await _parts.Store.DeleteAccountAsync("site-7", default);
        await _parts.Accounts.ReloadAsync(default);
        _rules.MayPublish(Site, "sc/v1/cam-1/status").ShouldBeFalse();
    }

    [Fact]
    public void Asking_again_allocates_nothing()
    {
        const string topic = "sc/v1/cam-1/event";
        _rules.MayPublish(Site, topic);
        _rules.MayPublish(Device, topic);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _rules.MayPublish(Site, topic);
            _rules.MayPublish(Device, topic);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // "incidents" would be a device whose own topics are everybody's.
    [Fact]
    public void A_device_may_not_take_the_place_of_the_incidents()
    {
        var impostor = new ClientIdentity("incidents", ClientKind.Device, "incidents");
        _rules.MayPublish(impostor, "sc/v1/incidents/b1/i-1").ShouldBeFalse();
        _rules.MaySubscribe(impostor, "sc/v1/incidents/#").ShouldBeFalse();
    }
}
