using SmartCommunity.Incidents.Cases;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>Compares a ledger with what a host has.</summary>
internal static class LedgerChecks
{
    /// <summary>Waits until a restarted host shows everything that was acknowledged; the journal is replayed behind the start.</summary>
    public static async Task ShouldShowAllAsync(this HostProcess host, Ledger ledger)
    {
        using var viewer = await ApiClient.SignInAsync(host, People.Administrator);
        foreach (var device in ledger.AcknowledgedSamples.Keys.GroupBy(sample => sample.Device))
        {
            var path = $"/api/v1/samples?device={device.Key}&metric={Ledger.Metric}&from={ledger.From.ToUnixTimeMilliseconds()}";
            await Eventually.TrueAsync($"the samples of {device.Key}", async () =>
            {
                var points = (await viewer.GetAsync(path)).GetProperty("points").EnumerateArray();
                var there = points.Select(point => new SentSample(device.Key, point[0].GetInt64(), point[1].GetDouble())).ToHashSet();
                return device.All(there.Contains);
            });
        }

        await Eventually.TrueAsync("an incident for each event", async () =>
        {
            var there = (await viewer.ListAsync("/api/v1/incidents")).SelectMany(EventsOf).ToHashSet();
            return ledger.AcknowledgedEvents.Keys.All(item => there.Contains((item.Device, item.Id)));
        });
    }

    /// <summary>Everything acknowledged is stored, nothing else but what was sent, each once, and every chain of transitions is whole.</summary>
    public static async Task ShouldHoldEachOnceAsync(this StoredData stored, Ledger ledger)
    {
        foreach (var device in ledger.Events.Keys.Select(item => item.Device).Union(ledger.Samples.Keys.Select(item => item.Device)))
        {
            var events = await stored.EventsAsync(device);
            ledger.AcknowledgedEvents.Keys.Where(item => item.Device == device && !events.Contains(item.Id)).ShouldBeEmpty("acknowledged events are lost");
            events.Except(ledger.Events.Keys.Where(item => item.Device == device).Select(item => item.Id)).ShouldBeEmpty("events that nobody sent");

            var samples = await stored.SamplesAsync(device, ledger.From);
            samples.ShouldBeUnique();
            ledger.AcknowledgedSamples.Keys.Where(item => item.Device == device).Except(samples).ShouldBeEmpty("acknowledged samples are lost");
            samples.Except(ledger.Samples.Keys).ShouldBeEmpty("samples that nobody sent");
        }

        var incidents = await stored.IncidentsAsync();
        incidents.Select(incident => incident.Key).ShouldBeUnique();
        var causes = incidents.Select(incident => (incident.Devices.ShouldHaveSingleItem().Value, incident.Events.ShouldHaveSingleItem().Id)).ToList();
        causes.ShouldBeUnique();
        ledger.AcknowledgedEvents.Keys.Select(item => (item.Device, item.Id)).Except(causes).ShouldBeEmpty("acknowledged events without an incident");
        causes.Except(ledger.Events.Keys.Select(item => (item.Device, item.Id))).ShouldBeEmpty("incidents of events that nobody sent");
        await stored.ShouldHaveWholeChainsAsync(incidents);
    }

    private static async Task ShouldHaveWholeChainsAsync(this StoredData stored, List<Incident> incidents)
    {
        var expected = new List<(string, int)>();
        foreach (var incident in incidents)
        {
            var transitions = await stored.TransitionsAsync(incident);
            TransitionChain.Verify(transitions).ShouldBeTrue($"the chain of {incident.Id}");
            transitions[^1].To.ShouldBe(incident.State);
            incident.EventsInAll.ShouldBe(1);
            expected.AddRange(transitions.Select(step => (incident.Id.Value, step.Seq)));
        }

        var told = await stored.ToldStepsAsync();
        told.ShouldBeUnique();
        told.Order().ShouldBe(expected.Order());
    }

    private static IEnumerable<(string, string)> EventsOf(System.Text.Json.JsonElement incident) =>
        incident.GetProperty("events").EnumerateArray().Select(item => (item.Text("device")!, item.Id()));
}
