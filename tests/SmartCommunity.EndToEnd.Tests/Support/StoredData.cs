using System.Text.Json;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Sqlite;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>The stores of a stopped host, opened by the test.</summary>
internal sealed class StoredData : IAsyncDisposable
{
    private readonly SqliteStores _stores;

    private StoredData(SqliteStores stores) => _stores = stores;

    public static StoredData Open(string folder) => new(SqliteStores.Open(new SqliteStoreOptions { DataFolder = folder }));

    /// <summary>The events of a device, by id; fails when one is stored twice.</summary>
    public async Task<HashSet<string>> EventsAsync(string device)
    {
        var events = await _stores.Events.ListAsync(DeviceId.Parse(device), 10_000, default);
        events.Select(item => item.Event.Id).ShouldBeUnique();
        return [.. events.Select(item => item.Event.Id)];
    }

    public async Task<IReadOnlyList<SentSample>> SamplesAsync(string device, DateTimeOffset from)
    {
        var points = await _stores.TimeSeries.ReadAsync(DeviceId.Parse(device), Ledger.Metric, from, from.AddHours(2), 100_000, default);
        return [.. points.Select(point => new SentSample(device, point.Time.ToUnixTimeMilliseconds(), point.Value))];
    }

    public async Task<List<Incident>> IncidentsAsync()
    {
        List<Incident> all = [];
        var query = new IncidentQuery { Limit = 500 };
        do
        {
            var page = await _stores.Incidents.ListAsync(query, default);
            all.AddRange(page.Items);
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return all;
    }

    public async Task<IReadOnlyList<Transition>> TransitionsAsync(Incident incident) => await _stores.Incidents.ReadTransitionsAsync(incident.Id, default);

    /// <summary>The steps that the live feed has told of, in its order.</summary>
    public async Task<List<(string Incident, int Seq)>> ToldStepsAsync()
    {
        List<(string, int)> steps = [];
        long after = 0;
        while (await _stores.Outbox.ReadAfterAsync(after, 1_000, default) is { IsEmpty: false } entries)
        {
            after = entries[^1].Sequence;
            foreach (var row in entries.Select(entry => entry.Row).Where(row => row.Topic == "incident"))
            {
                var json = JsonSerializer.Deserialize<JsonElement>(row.Json.Span);
                steps.Add((row.Subject, json.GetProperty("transition").GetProperty("seq").GetInt32()));
            }
        }

        return steps;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();
}
