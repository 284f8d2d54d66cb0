using System.Diagnostics;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.PlugPulled;

/// <summary>A stop that was asked for: quick, with exit code 0, and without a loss.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stops_within_seconds_and_loses_nothing(string signal)
    {
        const string camera = "throw-b2-north";
        var ledger = new Ledger();
        await using (var host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0"))
        {
            using var viewer = await ApiClient.SignInAsync(host, People.DutyOfficer);
            using var live = await LiveReader.OpenAsync(viewer);
            await using var device = await host.ConnectAsync(camera);
            var publishing = Enumerable.Range(0, 4).Select(_ => SayUntilCutAsync(ledger, camera, device)).ToList();
            await Eventually.TrueAsync("some acknowledgements", () => Task.FromResult(ledger.Acknowledged > 100));
            var clock = Stopwatch.StartNew();
            (await host.StopAsync(Eventually.Patience, signal)).ShouldBe(0);
            clock.Elapsed.ShouldBeLessThan(Seconds);
            await Task.WhenAll(publishing).WaitAsync(Eventually.Patience);
        }

        await using (var host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0"))
        {
            await host.ShouldShowAllAsync(ledger);
            (await host.StopAsync(Eventually.Patience)).ShouldBe(0);
        }

        await using var stored = StoredData.Open(_folder.Path);
        await stored.ShouldHoldEachOnceAsync(ledger);
    }

    private static async Task SayUntilCutAsync(Ledger ledger, string device, MqttClient client)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await (i % 10 == 3 ? ledger.SayEventAsync(client, device) : ledger.SaySampleAsync(client, device));
            }
        }
        catch (MqttClientException)
        {
            // The host said goodbye.
        }
    }
}
