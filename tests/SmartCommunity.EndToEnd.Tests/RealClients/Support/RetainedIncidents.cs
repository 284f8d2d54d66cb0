using SmartCommunity.EndToEnd.Tests.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>The topics of open cases.</summary>
internal static class RetainedIncidents
{
    /// <summary>Waits until a case of building 2 is retained: it is told behind the work.</summary>
    /// <returns>Its topic.</returns>
    public static async Task<string> WaitForAsync(RealClientHost host, string incident)
    {
        var topic = $"sc/v1/incidents/b2/{incident}";
        await using var display = await host.ConnectAsync(host.Display.User, host.Display.Password);
        await display.SubscribeAsync(topic);
        await display.Messages.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
        return topic;
    }
}
