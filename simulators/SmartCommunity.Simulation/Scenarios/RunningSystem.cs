using System.Net.Http.Headers;
using System.Net.Http.Json;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Simulation.Demo;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>The HTTP side of a running system, as somebody who is signed in sees it.</summary>
public sealed class RunningSystem : IDisposable
{
    private const int PageSize = 200;

    // Who sees the most comes first.
    private static readonly string[] Roles = ["administrator", "property-manager", "duty-officer"];
    private readonly HttpClient _http;

    private RunningSystem(HttpClient http) => _http = http;

    /// <summary>Signs in.</summary>
    /// <exception cref="HttpRequestException">The system can not be reached or refuses.</exception>
    public static async Task<RunningSystem> SignInAsync(DemoFile demo, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = new Uri(demo.Http) };
        try
        {
            var person = demo.People.OrderBy(item => Rank(item.Roles)).First();
            var body = new { user = person.Id, password = person.Password };
            using var answer = await http.PostAsJsonAsync("/api/v1/sign-in", body, cancellationToken).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            var signIn = await answer.Content.ReadFromJsonAsync<SignInAnswer>(cancellationToken).ConfigureAwait(false);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signIn!.Token);
            return new RunningSystem(http);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>A community's places, devices and rules as they are in use.</summary>
    /// <exception cref="FormatException">What it answers is no community file.</exception>
    public async Task<CommunitySnapshot> ReadCommunityAsync(string community, CancellationToken cancellationToken)
    {
        var json = await _http.GetStringAsync($"/api/v1/communities/{Uri.EscapeDataString(community)}", cancellationToken).ConfigureAwait(false);
        var result = CommunityFile.Parse(json);
        return result.Community is { } found
            ? new CommunitySnapshot(found, 1)
            : throw new FormatException($"The system's file of {community} can not be read: {result.Problems[0].Path}: {result.Problems[0].Message}");
    }

    /// <summary>The incidents that were opened since a time, newest first.</summary>
    public async Task<IReadOnlyList<SeenIncident>> ListIncidentsAsync(string community, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var all = new List<SeenIncident>();
        string? cursor = null;
        do
        {
            var query = $"/api/v1/incidents?community={Uri.EscapeDataString(community)}&from={since.ToUnixTimeMilliseconds()}&limit={PageSize}";
            var page = await _http.GetFromJsonAsync<IncidentPage>(cursor is null ? query : $"{query}&cursor={Uri.EscapeDataString(cursor)}", cancellationToken)
                .ConfigureAwait(false);
            all.AddRange(page!.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    public void Dispose() => _http.Dispose();

    private static int Rank(IReadOnlyList<string> roles)
    {
        var rank = Array.FindIndex(Roles, role => roles.Contains(role, StringComparer.Ordinal));
        return rank < 0 ? Roles.Length : rank;
    }

    private sealed record SignInAnswer(string Token);

    private sealed record IncidentPage(IReadOnlyList<SeenIncident> Items, string? Next);
}

/// <summary>An incident as <c>GET /api/v1/incidents</c> shows it, as far as it is scored.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">P0 to P3.</param>
/// <param name="Grid">The grid.</param>
/// <param name="Building">The building, or null.</param>
/// <param name="Key">The dedup key.</param>
/// <param name="Devices">The devices that say so.</param>
/// <param name="OpenedAt">When the system opened it.</param>
public sealed record SeenIncident(
    string Id, string Kind, string Severity, string Grid, string? Building, string Key, IReadOnlyList<string> Devices, DateTimeOffset OpenedAt);
