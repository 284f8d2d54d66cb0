using System.Net;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.PlugPulled;

/// <summary>The first promise: a PUBACK means that it is on disk, and from there each event has its effect exactly once.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 3;
    private static readonly string[] Devices = ["throw-b1-south", "throw-b4-north", "throw-b6-south", "throw-b10-south"];

    private readonly TemporaryFolder _folder = new();
    private readonly Ledger _ledger = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_right_before_the_kill_is_there_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = await StartAsync();
            var clients = await Task.WhenAll(Devices.Select(host.ConnectAsync));
            await Task.WhenAll(Devices.Zip(clients, SayAllAsync));
            await host.KillAsync();
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }

        _ledger.AcknowledgedEvents.Count.ShouldBe(Rounds * Devices.Length * 3);
        _ledger.AcknowledgedSamples.Count.ShouldBe(Rounds * Devices.Length * 40);
        await ShouldHoldEachOnceAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_while_publishing_went_on_is_there_once()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var host = await StartAsync();
            var clients = await Task.WhenAll(Devices.Select(host.ConnectAsync));
            var enough = _ledger.Acknowledged + (150 * round);
            var publishing = Devices.Zip(clients, (device, client) => Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SayUntilCutAsync(device, client)))).ToList();
            await Eventually.TrueAsync("enough acknowledgements", () => Task.FromResult(_ledger.Acknowledged >= enough));
            await host.KillAsync();
            await Task.WhenAll(publishing).WaitAsync(Eventually.Patience);
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        }

        _ledger.Acknowledged.ShouldBeGreaterThan(Rounds * 150);
        await ShouldHoldEachOnceAsync();
    }

    [Fact]
    public async Task Commands_and_sign_ins_outlive_the_kill()
    {
        const string camera = "throw-b9-south";
        string id, password;
        string[] tokens;
        await using (var host = await StartAsync())
        {
            password = host.Password(People.Handler);
            tokens = [.. Devices.Select(host.Token)];
            await using var device = await host.ConnectAsync(camera);
            using var handler = await ApiClient.SignInAsync(host, People.Handler);
            await _ledger.SayEventAsync(device, camera);
            id = (await handler.WaitForIncidentAsync(camera)).Id();
            (await handler.CommandAsync(id, "accept", key: "once")).Status.ShouldBe(HttpStatusCode.OK);
            await host.KillAsync();
        }

        await using (var host = await StartAsync())
        {
            Devices.Select(host.Token).ShouldBe(tokens);
            using var handler = await ApiClient.SignInAsync(host.Http, People.Handler, password);
            (await handler.IncidentAsync(id)).Text("state").ShouldBe("InProgress");
            var again = await handler.CommandAsync(id, "accept", key: "once");
            again.Status.ShouldBe(HttpStatusCode.OK);
            (await handler.DoAsync(id, "feedback", new { note = "done" })).GetProperty("transitions").EnumerateArray().Select(step => step.Text("command"))
                .ShouldBe(["raise", "verify", "register", "dispatch", "accept", "feedback"]);
        }

        await ShouldHoldEachOnceAsync();
    }

    private Task<HostProcess> StartAsync() => HostProcess.StartDemoAsync(_folder.Path, "--devices", "0");

    private async Task ShouldHoldEachOnceAsync()
    {
        await using (var host = await StartAsync())
        {
            await host.ShouldShowAllAsync(_ledger);
            (await host.StopAsync(Eventually.Patience)).ShouldBe(0);
        }

        await using var stored = StoredData.Open(_folder.Path);
        await stored.ShouldHoldEachOnceAsync(_ledger);
    }

    private async Task SayAllAsync(string device, MqttClient client)
    {
        var samples = Enumerable.Range(0, 40).Select(_ => _ledger.SaySampleAsync(client, device));
        var events = Enumerable.Range(0, 3).Select(_ => _ledger.SayEventAsync(client, device));
        await Task.WhenAll(samples.Concat(events));
    }

    private async Task SayUntilCutAsync(string device, MqttClient client)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await (i % 10 == 3 ? _ledger.SayEventAsync(client, device) : _ledger.SaySampleAsync(client, device));
            }
        }
        catch (MqttClientException)
        {
            // The plug was pulled. What had no PUBACK yet may be there or not.
        }
    }
}
