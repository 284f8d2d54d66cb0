using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Demo;

/// <summary>What <c>demo</c> promises: a file for scripts, words for people, and devices that live.</summary>
public sealed partial class DemoTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public async Task InitializeAsync() => _host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "20", "--seed", "7");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_file_its_words_and_its_devices_are_as_promised()
    {
        ShouldHaveTheShapeOfTheDesign(_host.Demo);
        FileModes.IsOwnersAlone(Path.Combine(_folder.Path, "demo.json")).ShouldBeTrue();
        await ShouldPrintWhatIsNeededAsync();
        await ShouldComeAliveAsync();
    }

    private static void ShouldHaveTheShapeOfTheDesign(JsonElement demo)
    {
        NamesOf(demo).ShouldBe(["http", "mqtt", "people", "devices"]);
        NamesOf(demo.GetProperty("mqtt")).ShouldBe(["host", "port"]);
        var people = demo.GetProperty("people").EnumerateArray().ToList();
        people.Count.ShouldBe(8);
        people.ShouldAllBe(person => NamesOf(person).SequenceEqual(new[] { "id", "name", "roles", "password" }));
        people.Select(person => person.Text("password")).ShouldBeUnique();
        var devices = demo.GetProperty("devices").EnumerateArray().ToList();
        devices.Count.ShouldBeInRange(250, 350);
        devices.ShouldAllBe(device => NamesOf(device).SequenceEqual(new[] { "id", "kind", "community", "grid", "building", "zone", "token" }));
        devices.Select(device => device.Text("token")).ShouldBeUnique();
        devices.ShouldAllBe(device => device.Text("building") != null || device.Text("zone") != null);
    }

    private async Task ShouldPrintWhatIsNeededAsync()
    {
        await Eventually.TrueAsync("the banner", () => Task.FromResult(_host.Output.Contains("Ctrl-C", StringComparison.Ordinal)));
        _host.Output.ShouldContain(_host.Http.ToString());
        foreach (var person in _host.Demo.GetProperty("people").EnumerateArray())
        {
            _host.Output.ShouldContain($"{person.Id()} ");
            _host.Output.ShouldContain(person.Text("password")!);
        }

        var line = PublishLine().Match(_host.Output);
        line.Success.ShouldBeTrue();
        line.Groups["port"].Value.ShouldBe($"{_host.MqttPort}");
        line.Groups["token"].Value.ShouldBe(_host.Token(line.Groups["device"].Value));
        JsonSerializer.Deserialize<JsonElement>(line.Groups["message"].Value).Text("kind").ShouldBe("falling-object");
    }

    private async Task ShouldComeAliveAsync()
    {
        using var viewer = await ApiClient.SignInAsync(_host, People.Administrator);
        await Eventually.TrueAsync("20 devices online", async () => (await OnlineAsync(viewer)).Count == 20);
        await Eventually.TrueAsync("measured values", async () => (await OnlineAsync(viewer)).Count(device => device.GetProperty("values").GetArrayLength() > 0) >= 3);
        var measured = (await OnlineAsync(viewer)).First(device => device.GetProperty("values").GetArrayLength() > 0);
        var metric = measured.GetProperty("values")[0].Text("metric");
        await Eventually.TrueAsync("stored samples", async () =>
            (await viewer.GetAsync($"/api/v1/samples?device={measured.Id()}&metric={metric}")).GetProperty("points").GetArrayLength() > 0);
    }

    private static async Task<List<JsonElement>> OnlineAsync(ApiClient viewer) =>
        [.. (await viewer.ListAsync("/api/v1/devices?community=yunqi")).Where(device => device.GetProperty("online").ValueKind == JsonValueKind.True)];

    private static string[] NamesOf(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    [GeneratedRegex(@"mosquitto_pub -h 127\.0\.0\.1 -p (?<port>\d+) -u (?<device>\S+) -P (?<token>\S+) -q 1 -t sc/v1/\k<device>/event -m '(?<message>[^']+)'", RegexOptions.None, 1000)]
    private static partial Regex PublishLine();
}
