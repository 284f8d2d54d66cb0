using System.Net;
using SmartCommunity.Host.Configuration;

namespace SmartCommunity.Host.Hosting;

/// <summary>Where the options say that the process listens, in the order in which the listeners are bound: HTTP, MQTT, MQTT over TLS.</summary>
internal sealed record Listeners(IReadOnlyList<IPEndPoint> Http, IReadOnlyList<IPEndPoint> Mqtt, IReadOnlyList<IPEndPoint> Mqtts)
{
    /// <exception cref="StartException">An address is not one.</exception>
    public static Listeners Of(HostSettings settings) => new(
        HostSettings.ParseEndPoints("http", settings.Http),
        HostSettings.ParseEndPoints("mqtt", settings.Mqtt),
        settings.Mqtts is { Length: > 0 } mqtts ? HostSettings.ParseEndPoints("mqtts", mqtts) : []);
}
