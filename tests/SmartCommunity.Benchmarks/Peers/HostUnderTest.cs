using System.Net.Http.Json;
using System.Text.Json;
using SmartCommunity.Benchmarks.Load;
using SmartCommunity.Benchmarks.Measuring;
using SmartCommunity.Events.Ids;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Benchmarks.Peers;

/// <summary>The real host in a process and a data folder of its own, with the sample community and no simulated devices.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly HostProcess _host;
    private readonly DemoFile _demo;
    private readonly string _token;

    private HostUnderTest(HostProcess host, DemoFile demo, string token) => (_host, _demo, _token) = (host, demo, token);

    public int MqttPort => _host.MqttPort;

    public double PeakMebibytes => ProcessFigures.PeakMebibytes(_host.Process);

    public double ResidentMebibytes => ProcessFigures.ResidentMebibytes(_host.Process);

    public static async Task<HostUnderTest> StartAsync(string data, CancellationToken cancellationToken)
    {
        var process = await HostProcess.StartDemoAsync(data, "--devices", "0");
        try
        {
            var demo = await DemoFile.ReadAsync(Path.Combine(data, DemoFile.FileName), cancellationToken);
            using var http = new HttpClient();
            using var answer = await http.PostAsJsonAsync(
                new Uri(process.Http, "/api/v1/sign-in"), new { user = demo.People[0].Id, password = demo.People[0].Password }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return new(process, demo, session.GetProperty("token").GetString()!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Devices for a load, spread over the places as evenly as they can be: one of each place, then the next of each.</summary>
    public IReadOnlyList<LoadCredential> PickDevices(int count)
    {
        var places = _demo.Devices.GroupBy(device => device.Building ?? device.Grid, StringComparer.Ordinal).Select(place => place.ToList()).ToList();
        var rounds = Enumerable.Range(0, places.Max(place => place.Count)).SelectMany(round => places.Where(place => round < place.Count).Select(place => place[round]));
        return [.. rounds.Take(count).Select(device => new LoadCredential(device.Id, device.Token))];
    }

    public async Task<ServerFigures> ReadAsync(CancellationToken cancellationToken) =>
        new(ProcessFigures.Cpu(_host.Process), await ReadMetricsAsync(cancellationToken));

    public Task<HostMetrics> ReadMetricsAsync(CancellationToken cancellationToken) => HostMetrics.ReadAsync(_http, _host.Http, _token, cancellationToken);

    /// <summary>Stops the host as a service manager does. 143 is a stop on SIGTERM as well, which System.CommandLine reports when it took more than 2 s.</summary>
    public async Task StopAsync()
    {
        if (await _host.StopAsync(TimeSpan.FromSeconds(60)) is var code and not (0 or 143))
        {
            throw new InvalidOperationException($"The host ended with {code}:\n{_host.Output}");
        }
    }

    /// <summary>Counts, after the host has stopped, the samples of a load in its store.</summary>
    public static async Task<long> CountSamplesAsync(string data, IEnumerable<LoadCredential> devices, IEnumerable<string> metrics, CancellationToken cancellationToken)
    {
        await using var stores = SqliteStores.Open(new() { DataFolder = data });
        var names = metrics.ToList();
        var count = 0L;
        foreach (var device in devices.Select(device => DeviceId.Parse(device.Id)))
        {
            foreach (var metric in names)
            {
                var buckets = await stores.TimeSeries.ReadBucketsAsync(
                    device, metric, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), TimeSpan.FromDays(365), cancellationToken);
                count += buckets.Sum(bucket => bucket.Count);
            }
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }
}
