namespace SmartCommunity.Api.Tests.Live;

/// <summary>Reads server-sent events as a browser does, and notes comments and the last id.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    public string LastEventId { get; private set; } = "";

    public int Comments { get; private set; }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/live{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.IsSuccessStatusCode.ShouldBeTrue();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next block that has data; null when the feed has ended.</summary>
    public async Task<LiveEvent?> NextAsync()
    {
        while (await BlockAsync() is { } block)
        {
            if (block.Data.Length > 0)
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>The next block, also one of only comments and ids; null when the feed has ended.</summary>
    public async Task<LiveEvent?> BlockAsync()
    {
        string name = "message", data = "";
        while (await _reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case [""]:
                    return new(name, LastEventId, data);
                case ["", _]:
                    Comments++;
                    break;
                case ["event", var value]:
                    name = value;
                    break;
                case ["id", var value]:
                    LastEventId = value;
                    break;
                case ["data", var value]:
                    data += data.Length > 0 ? "\n" + value : value;
                    break;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed record LiveEvent(string Name, string Id, string Data);
