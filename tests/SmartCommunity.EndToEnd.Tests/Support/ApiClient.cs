using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>Somebody who is signed in to the API.</summary>
internal sealed class ApiClient : IDisposable
{
    private ApiClient(HttpClient http, string person) => (Http, Person) = (http, person);

    public HttpClient Http { get; }

    public string Person { get; }

    public static Task<ApiClient> SignInAsync(HostProcess host, string person) => SignInAsync(host.Http, person, host.Password(person));

    public static async Task<ApiClient> SignInAsync(Uri address, string person, string password)
    {
        var http = new HttpClient { BaseAddress = address };
        using var answer = await http.PostAsJsonAsync("/api/v1/sign-in", new { user = person, password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(http, person);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Everything of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500&cursor={Uri.EscapeDataString(cursor)}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }

        return all;
    }

    public Task<JsonElement> IncidentAsync(string id) => GetAsync($"/api/v1/incidents/{id}");

    /// <summary>The cases that a device is part of, newest first.</summary>
    public Task<List<JsonElement>> IncidentsOfAsync(string device) => ListAsync($"/api/v1/incidents?device={device}");

    /// <summary>Waits for the first case of a device.</summary>
    public Task<JsonElement> WaitForIncidentAsync(string device) => WaitForIncidentAsync(device, _ => true);

    public async Task<JsonElement> WaitForIncidentAsync(string device, Func<JsonElement, bool> isThere)
    {
        var found = await Eventually.GetAsync(
            $"an incident of {device}", async () => (await IncidentsOfAsync(device)).Where(isThere).Select(incident => new Box(incident)).FirstOrDefault());
        return found.Value;
    }

    /// <summary>Gives a command.</summary>
    /// <param name="incident">The case's id.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="body">What it needs.</param>
    /// <param name="key">Idempotency-Key.</param>
    /// <param name="version">If-Match.</param>
    public async Task<CommandAnswer> CommandAsync(string incident, string command, object? body = null, string? key = null, long? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/incidents/{incident}/{command}") { Content = JsonContent.Create(body ?? new { }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (version is not null)
        {
            request.Headers.Add("If-Match", $"\"{version}\"");
        }

        using var answer = await Http.SendAsync(request);
        return new(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Gives a command that must be taken.</summary>
    public async Task<JsonElement> DoAsync(string incident, string command, object? body = null)
    {
        var answer = await CommandAsync(incident, command, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, $"{Person} {command}: {answer.Body}");
        return answer.Body;
    }

    public void Dispose() => Http.Dispose();

    private sealed record Box(JsonElement Value);
}

/// <summary>What the API said to a command.</summary>
internal sealed record CommandAnswer(HttpStatusCode Status, JsonElement Body);
