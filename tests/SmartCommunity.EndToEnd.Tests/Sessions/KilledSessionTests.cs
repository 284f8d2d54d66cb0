using System.Diagnostics;
using System.Globalization;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Sessions;

/// <summary>mosquitto's clients, and a host that is killed while one of them is away: its messages and the retained ones are there afterwards.</summary>
public sealed class KilledSessionTests : IDisposable
{
    private const string Device = "air-b4-lobby";
    private const string Topic = $"sc/v1/{Device}/note";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactIfInstalled("mosquitto_sub")]
    public async Task What_was_queued_for_an_absent_client_comes_after_the_kill()
    {
        await using (var host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0"))
        {
            // Subscribes, and leaves without ending the session.
            await RunAsync(host, "mosquitto_sub", "-c", "-i", "keeper", "-q", "2", "-t", $"{Topic}/#", "-E");
            await RunAsync(host, "mosquitto_pub", "-q", "1", "-t", $"{Topic}/1", "-m", "first");
            await RunAsync(host, "mosquitto_pub", "-q", "2", "-t", $"{Topic}/2", "-m", "second");
            await RunAsync(host, "mosquitto_pub", "-q", "1", "-r", "-t", $"sc/v1/{Device}/kept", "-m", "retained");
            await host.KillAsync();
        }

        await using (var host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0"))
        {
            (await RunAsync(host, "mosquitto_sub", "-c", "-i", "keeper", "-q", "2", "-t", $"{Topic}/#", "-C", "2", "-W", "60"))
                .ShouldBe(["first", "second"]);
            (await RunAsync(host, "mosquitto_sub", "-q", "1", "-t", $"sc/v1/{Device}/+", "-C", "1", "-W", "60")).ShouldBe(["retained"]);
            await RunAsync(host, "mosquitto_pub", "-q", "1", "-t", $"{Topic}/3", "-m", "third");
            (await host.StopAsync(Eventually.Patience)).ShouldBe(0);
        }

        await using (var host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0"))
        {
            (await RunAsync(host, "mosquitto_sub", "-c", "-i", "keeper", "-q", "2", "-t", $"{Topic}/#", "-C", "1", "-W", "60")).ShouldBe(["third"]);
        }
    }

    private static async Task<string[]> RunAsync(HostProcess host, string program, params string[] arguments)
    {
        var port = host.MqttPort.ToString(CultureInfo.InvariantCulture);
        string[] all = ["-h", "127.0.0.1", "-p", port, "-u", Device, "-P", host.Token(Device), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(program, all) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var said = process.StandardOutput.ReadToEndAsync(limit.Token);
        var complained = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await said}{await complained}");
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
