using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Mqtt.Client;

namespace SmartCommunity.Gateway.Tests.Bridging;

public sealed class BridgeReaderTests
{
    [Fact]
    public void A_short_entry_is_enough()
    {
        var bridge = Read(out var errors, new BridgeSettings { Name = "north", Url = "mqtt://broker", Topics = [new() { Filter = "sc/v1/#" }] }).Single();
        errors.ShouldBeEmpty();
        (bridge.Name, bridge.EndPoint, bridge.ClientId).ShouldBe(("north", new MqttEndPoint(MqttTransport.Tcp, "broker", 1883), "smartcommunity-g-1-north"));
        bridge.Topics.Single().ShouldBe(new BridgeTopic("sc/v1/#", null, "", ""));
        bridge.MaxUnacknowledged.ShouldBe(32);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_path()
    {
        Read(
            out var errors,
            new BridgeSettings
            {
                Name = "a/b",
                Url = "http://broker",
                Password = "secret",
                AuthorityFile = "/nowhere/ca.crt",
                MaxUnacknowledged = 0,
                KeepAlive = TimeSpan.FromSeconds(1),
                Topics =
                [
                    new() { Filter = "a/#/b" }, new() { Filter = "x/+", Decoder = "onvif" }, new() { Filter = "x/y", RemotePrefix = "z/" },
                    new() { Filter = "$share/g/x", LocalPrefix = "l+" },
                ],
            },
            new BridgeSettings { Url = "mqtt://b", CertificateFile = "/nowhere/c.pem" },
            new BridgeSettings { Name = "n", Url = "mqtt://b", ClientId = "same", Topics = [new() { Filter = "a" }] },
            new BridgeSettings { Name = "n", Url = "mqtt://b", ClientId = "same", Topics = [new() { Filter = "a" }] });
        string[] paths =
        [
            "Bridges:0:Name", "Bridges:0:Url", "Bridges:0:User", "Bridges:0:AuthorityFile", "Bridges:0:MaxUnacknowledged", "Bridges:0:KeepAlive",
            "Bridges:0:Topics:0:Filter", "Bridges:0:Topics:1:Decoder", "Bridges:0:Topics:2:RemotePrefix", "Bridges:0:Topics:2:Filter", "Bridges:0:Topics:3:Filter",
            "Bridges:0:Topics:3:LocalPrefix", "Bridges:1:Name", "Bridges:1:CertificateFile", "Bridges:1:Topics", "Bridges:3:Name", "Bridges:3:ClientId",
        ];
        foreach (var path in paths) errors.ShouldContain(error => error.StartsWith(path, StringComparison.Ordinal), path);
        errors.ShouldAllBe(error => paths.Any(path => error.StartsWith(path, StringComparison.Ordinal)));
        errors.ShouldNotContain(error => error.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/+", "a/c", true)]
    [InlineData("a/+/c", "a/b/+", true)]
    [InlineData("a/+/c", "a/b/d", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "b/#", false)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a/+", "a", false)]
    public void Two_filters_overlap_when_a_topic_can_match_both(string first, string second, bool overlap)
    {
        FilterOverlap.Exists(first, second).ShouldBe(overlap);
        FilterOverlap.Exists(second, first).ShouldBe(overlap);
    }

    private static IReadOnlyList<BridgeOptions> Read(out IReadOnlyList<string> errors, params BridgeSettings[] settings) =>
        BridgeReader.Read(settings, GatewayId.Parse("g-1"), ["native"], "Bridges", out errors);
}
