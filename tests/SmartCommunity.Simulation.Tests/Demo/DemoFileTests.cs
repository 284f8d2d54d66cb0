using System.Text;
using System.Text.Json;
using SmartCommunity.Simulation.Demo;

namespace SmartCommunity.Simulation.Tests.Demo;

public sealed class DemoFileTests
{
    private static readonly DemoFile File = new(
        "http://127.0.0.1:8080",
        new DemoMqtt("127.0.0.1", 1883),
        [new DemoPerson("wang", "王芳", ["grid-worker", "checker"], "secret")],
        [new DemoDevice("cam-1", "falling-object-camera", "yunqi", "g1", "b1", null, "token")]);

    [Fact]
    public void The_file_has_the_documented_shape()
    {
        using var json = JsonDocument.Parse(File.ToJson());
        Names(json.RootElement).ShouldBe(["http", "mqtt", "people", "devices"]);
        Names(json.RootElement.GetProperty("mqtt")).ShouldBe(["host", "port"]);
        Names(json.RootElement.GetProperty("people")[0]).ShouldBe(["id", "name", "roles", "password"]);
        Names(json.RootElement.GetProperty("devices")[0]).ShouldBe(["id", "kind", "community", "grid", "building", "zone", "token"]);
        Encoding.UTF8.GetString(File.ToJson()).ShouldContain("王芳");

        static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public void What_was_written_reads_back() =>
        Encoding.UTF8.GetString(DemoFile.Parse(File.ToJson()).ToJson()).ShouldBe(Encoding.UTF8.GetString(File.ToJson()));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"http":"x","mqtt":{"host":"h"},"people":[],"devices":[]}""")]
    [InlineData("""{"http":null,"mqtt":{"host":"h","port":1},"people":[],"devices":[]}""")]
    public void Anything_else_is_refused_with_a_reason(string json) =>
        Should.Throw<FormatException>(() => DemoFile.Parse(Encoding.UTF8.GetBytes(json))).Message.ShouldContain("demo file");
}
