using System.Text.Json;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>Reads the live feed as a browser does.</summary>
internal sealed class LiveReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private LiveReader(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    /// <summary>What a browser would send as Last-Event-ID.</summary>
    public long LastId { get; private set; }

    public static async Task<LiveReader> OpenAsync(ApiClient client, string query = "", long? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live{query}");
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var reader = new LiveReader(response, await response.Content.ReadAsStreamAsync());

        // The opening says where the feed begins: what happens from here on is in it.
        await reader.BlockAsync();
        return reader;
    }

    /// <summary>Reads on until a row of an incident has come that fits; returns all rows of incidents up to it.</summary>
    public async Task<List<LiveRow>> IncidentsUntilAsync(Func<LiveRow, bool> isLast)
    {
        List<LiveRow> rows = [];
        while (true)
        {
            if (await BlockAsync() is not { Name: "incident" } row)
            {
                continue;
            }

            rows.Add(row);
            if (isLast(row))
            {
                return rows;
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private async Task<LiveRow> BlockAsync()
    {
        string name = "", data = "";
        while (await _reader.ReadLineAsync().WaitAsync(Eventually.Patience) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case [""]:
                    return new(name, LastId, data.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(data) : default);
                case ["event", var value]:
                    name = value;
                    break;
                case ["id", var value]:
                    LastId = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case ["data", var value]:
                    data += value;
                    break;
            }
        }

        throw new EndOfStreamException("The live feed ended.");
    }
}

/// <summary>A row of the live feed.</summary>
internal sealed record LiveRow(string Name, long Id, JsonElement Data)
{
    public string Incident => Data.Id();

    public string? Command => Data.GetProperty("transition").ValueKind == JsonValueKind.Object ? Data.GetProperty("transition").Text("command") : null;

    public string State => Data.Text("state")!;
}
