using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Serve;

/// <summary>The real thing: sign-ins are handed out once, logs are files.</summary>
public sealed class ServeTests(ServeFixture serve) : IClassFixture<ServeFixture>
{
    private JsonElement SignIns => JsonSerializer.Deserialize<JsonElement>(serve.FirstSignIns);

    [Fact]
    public void The_sign_ins_are_for_the_owner_only() => FileModes.IsOwnersAlone(serve.SignInFile).ShouldBeTrue();

    [Fact]
    public async Task The_sign_ins_work()
    {
        var people = SignIns.GetProperty("passwords").EnumerateObject().ToList();
        people.Count.ShouldBe(8);
        foreach (var person in people)
        {
            using var client = await ApiClient.SignInAsync(serve.Host.Http, person.Name, person.Value.GetString()!);
            (await client.GetAsync("/api/v1/me")).Id().ShouldBe(person.Name);
        }

        const string device = "throw-b1-south";
        await using var mqtt = await Mqtt.Client.MqttClient.ConnectAsync(
            new() { Port = serve.Host.MqttPort, ClientId = device, UserName = device, Password = SignIns.GetProperty("tokens").Text(device) });
        await mqtt.SaySampleAsync(device, Ledger.Metric, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 21.5);
    }

    [Fact]
    public async Task No_secret_is_printed_and_nothing_is_made_twice()
    {
        serve.FirstOutput.ShouldContain(serve.SignInFile);
        serve.Host.Output.ShouldNotContain(serve.SignInFile);
        (await File.ReadAllTextAsync(serve.SignInFile)).ShouldBe(serve.FirstSignIns);
        var secrets = SignIns.GetProperty("passwords").EnumerateObject().Concat(SignIns.GetProperty("tokens").EnumerateObject()).Select(item => item.Value.GetString()!);
        var written = serve.FirstOutput + serve.Host.Output + await ReadLogsAsync();
        secrets.Where(secret => written.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_log_is_a_file_of_json_lines()
    {
        // The lines are written behind the work; the start's own line is there soon.
        await Eventually.TrueAsync("the line of the start", async () => (await ReadLogsAsync()).Contains($":{serve.Host.MqttPort}", StringComparison.Ordinal));
        var lines = (await ReadLogsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var json = JsonSerializer.Deserialize<JsonElement>(line);
            json.TryGetProperty("Timestamp", out _).ShouldBeTrue(line);
            json.TryGetProperty("Level", out _).ShouldBeTrue(line);
        }
    }

    [Fact]
    public void No_demo_file_is_written() => File.Exists(Path.Combine(serve.Data, "demo.json")).ShouldBeFalse();

    private async Task<string> ReadLogsAsync()
    {
        var text = "";
        foreach (var file in Directory.EnumerateFiles(Path.Combine(serve.Data, "logs"), "*.jsonl"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            text += await reader.ReadToEndAsync();
        }

        return text;
    }
}
