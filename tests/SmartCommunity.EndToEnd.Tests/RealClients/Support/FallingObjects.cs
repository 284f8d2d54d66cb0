using System.Text;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>Events of a camera that each open a case of their own.</summary>
internal static class FallingObjects
{
    public const string Camera = "throw-b2-south";

    public static string Topic { get; } = $"sc/v1/{Camera}/event";

    /// <summary>A new event: its id and what to publish.</summary>
    public static (string Id, string Payload) Next(RealClientHost host)
    {
        var number = host.NextNumber();
        return ($"thrown-{number}", $$$"""{"id":"thrown-{{{number}}}","kind":"falling-object","confidence":0.93,"data":{"column":{{{number}}}}}""");
    }

    /// <summary>Opens a case.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> OpenAsync(RealClientHost host, ApiClient viewer)
    {
        var (id, payload) = Next(host);
        await using var camera = await host.ConnectAsync(Camera, host.Token(Camera));
        await camera.SayAsync(Camera, "event", Encoding.UTF8.GetBytes(payload));
        return (await WaitForAsync(viewer, id)).Id();
    }

    /// <summary>Waits for the case that an event opened.</summary>
    public static Task<JsonElement> WaitForAsync(ApiClient viewer, string id) =>
        viewer.WaitForIncidentAsync(Camera, incident => incident.GetProperty("events").EnumerateArray().Any(item => item.Id() == id));
}
