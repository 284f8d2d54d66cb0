using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Hosting;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Simulation.Demo;

namespace SmartCommunity.Host.Tests.Hosting;

public sealed class BannerTests
{
    private static readonly DemoDevice Camera = new("throw-1", "falling-object-camera", "small", "g1", "b1", null, "camera-token");
    private static readonly DemoDevice Lock = new("door-1", "door-controller", "small", "g1", "b1", null, "door-token");

    [Fact]
    public void Says_where_who_and_how()
    {
        var text = Of([Lock, Camera], int.MaxValue);
        text.ShouldContain("http://127.0.0.1:8081/");
        text.ShouldContain("127.0.0.1:1884");
        text.ShouldContain("/data/demo.json");
        text.ShouldContain("zhang-wei");
        text.ShouldContain("pass-of-zhang");
        text.ShouldContain("mosquitto_pub -h 127.0.0.1 -p 1884 -u throw-1 -P camera-token -q 1 -t sc/v1/throw-1/event -m '{\"kind\":\"falling-object\"");
        text.ShouldContain("mosquitto_sub -h 127.0.0.1 -p 1884 -u display -P shown");
        text.ShouldContain("seed 7");
    }

    [Theory]
    [InlineData(int.MaxValue, 2)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void Counts_the_devices_that_are_really_simulated(int wanted, int simulated) => Of([Lock, Camera], wanted).ShouldContain($"  {simulated} 个模拟设备");

    [Fact]
    public void Without_a_camera_proposes_no_line_that_would_not_work() => Of([Lock], 0).ShouldNotContain("mosquitto_pub");

    private static string Of(DemoDevice[] devices, int wanted)
    {
        var file = new DemoFile("http://127.0.0.1:8081", new("127.0.0.1", 1884), [new("zhang-wei", "张伟", ["grid-worker"], "pass-of-zhang")], devices);
        var signIns = new SignIns(new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal) { [SignIns.Display] = "shown" });
        return Banner.Of(file, signIns, "/data/demo.json", new DemoMode(wanted, 7));
    }
}
