using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices;

/// <summary>
/// How one device behaves when nothing is wrong. It does no I/O and has no clock: the same model, times and seed give the same bytes.
/// </summary>
public interface IDeviceModel
{
    /// <summary>What the device publishes now.</summary>
    /// <param name="now">The time; never before that of the step before.</param>
    /// <param name="random">The device's own sequence, for noise and chance events.</param>
    IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random);
}
