using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Simulation.Demo;
using SmartCommunity.Simulation.Scenarios;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Simulation.Tests.Scenarios;

/// <summary>A system that raises what a test wants: the real MQTT endpoint, and as much of the HTTP interface as a scenario uses.</summary>
internal sealed class StubSystem : IAsyncDisposable
{
    private readonly ConcurrentBag<SeenIncident> _incidents = [];
    private readonly OpenEndpoint _endpoint;
    private readonly WebApplication _http;

    private StubSystem(OpenEndpoint endpoint, WebApplication http)
    {
        _endpoint = endpoint;
        _http = http;
    }

    public DemoFile Demo => new(
        _http.Urls.Single(),
        new DemoMqtt("127.0.0.1", _endpoint.Port),
        [new DemoPerson("li", "李", ["grid-worker"], "x"), new DemoPerson("wu", "吴", ["administrator"], "secret")],
        [.. TestCommunity.Community.Devices.Select(device => new DemoDevice(
            device.Id.Value, device.Kind, "test", device.Grid.Value, device.Building?.Value, device.Zone?.Value, "token"))]);

    /// <summary>Starts it.</summary>
    /// <param name="raise">What an event of a kind at a device raises; null for nothing.</param>
    public static async Task<StubSystem> StartAsync(Func<string, string, SeenIncident?> raise)
    {
        StubSystem? self = null;
        var endpoint = await OpenEndpoint.StartAsync((client, message) => self!.Take(client.Name, message, raise));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var http = builder.Build();
        self = new StubSystem(endpoint, http);
        http.MapPost("/api/v1/sign-in", (SignIn body) => body is ("wu", "secret") ? Results.Ok(new { token = "t" }) : Results.Unauthorized());
        http.MapGet("/api/v1/communities/test", () => Results.Text(CommunityFile.WriteJson(Community), "application/json"));
        http.MapGet("/api/v1/incidents", (HttpRequest request) => request.Headers.Authorization == "Bearer t"
            ? Results.Ok(new { items = self._incidents, next = (string?)null })
            : Results.Unauthorized());
        await http.StartAsync();
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    // A community file names known kinds only.
    private static Community Community =>
        TestCommunity.Community with { Devices = [.. TestCommunity.Community.Devices.Where(device => DeviceKinds.Find(device.Kind) is not null)] };

    private sealed record SignIn(string User, string Password);

    private void Take(string device, ReceivedPublish message, Func<string, string, SeenIncident?> raise)
    {
        if (!message.Topic.EndsWith("/event", StringComparison.Ordinal)) return;
        using var json = JsonDocument.Parse(message.Payload);
        if (raise(device, json.RootElement.GetProperty("kind").GetString()!) is { } incident) _incidents.Add(incident);
    }
}
