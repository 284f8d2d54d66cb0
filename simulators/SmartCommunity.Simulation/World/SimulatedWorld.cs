using SmartCommunity.Communities.Model;
using SmartCommunity.Simulation.Devices;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.World;

/// <summary>A community's devices and a seed: everything that a simulation is a function of, beside time.</summary>
/// <param name="sites">The devices.</param>
/// <param name="rules">What they are to meet.</param>
/// <param name="clock">Local time.</param>
/// <param name="seed">Equal seeds give equal simulations.</param>
public sealed class SimulatedWorld(IReadOnlyList<DeviceSite> sites, SiteRules rules, SiteClock clock, ulong seed)
{
    /// <summary>The devices.</summary>
    public IReadOnlyList<DeviceSite> Sites { get; } = sites;

    /// <summary>The rules of the community.</summary>
    public SiteRules Rules { get; } = rules;

    /// <summary>Local time.</summary>
    public SiteClock Clock { get; } = clock;

    /// <summary>The source of all chance; fork it by name.</summary>
    public SeededRandom Random { get; } = new(seed);

    /// <summary>The world of a community.</summary>
    public static SimulatedWorld Of(CommunitySnapshot snapshot, ulong seed) =>
        new(DeviceSite.Of(snapshot), new SiteRules(snapshot.Community.Rules), SiteClock.Of(snapshot.Community.TimeZone), seed);

    /// <summary>The behaviour of a device when nothing is wrong.</summary>
    public IDeviceModel ModelOf(DeviceSite site) => DeviceModels.Create(new DeviceContext(site, Clock, RandomOf(site)));

    /// <summary>A device's own sequence.</summary>
    public SeededRandom RandomOf(DeviceSite site) => Random.Fork($"device/{site.Id.Value}");
}
