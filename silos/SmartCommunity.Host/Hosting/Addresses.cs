using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using SmartCommunity.Host.Configuration;

namespace SmartCommunity.Host.Hosting;

/// <summary>Where the process really listens, the first address of each kind: a port 0 in the options is a free port here.</summary>
internal sealed record Addresses(IPEndPoint Http, IPEndPoint Mqtt, IPEndPoint? Mqtts)
{
    /// <summary>Kestrel keeps the order in which <see cref="HostComposition"/> bound its <see cref="Listeners"/>.</summary>
    public static Addresses Of(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Select(address => new Uri(address)).Select(uri => new IPEndPoint(IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, uri.Port)).ToList();
        var (http, mqtt, mqtts) = Listeners.Of(app.Services.GetRequiredService<HostSettings>());
        return new(bound[0], bound[http.Count], mqtts.Count == 0 ? null : bound[http.Count + mqtt.Count]);
    }

    /// <summary>The address that a browser on this machine opens.</summary>
    public string Url => $"http://{Reachable(Http)}";

    /// <summary>An address that can be connected to from this machine.</summary>
    public static IPEndPoint Reachable(IPEndPoint bound) => bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.Loopback, bound.Port) : bound;
}
