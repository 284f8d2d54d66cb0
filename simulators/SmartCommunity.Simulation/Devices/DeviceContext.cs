using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Devices;

/// <summary>What a device model is made of.</summary>
/// <param name="Site">The device and its place.</param>
/// <param name="Clock">Local time there.</param>
/// <param name="Random">Forked per device; models draw their fixed traits from it when they are made.</param>
public sealed record DeviceContext(DeviceSite Site, SiteClock Clock, SeededRandom Random)
{
    /// <summary>A drift of this device.</summary>
    public SmoothNoise Drift(string name, TimeSpan period) => new(Random, name, period);

    /// <summary>A fixed trait of this device, for example its mean consumption.</summary>
    public double Trait(string name, double from, double to) => Random.Fork(name).Between(from, to);
}
