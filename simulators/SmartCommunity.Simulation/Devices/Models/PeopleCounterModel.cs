using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>Counts the people in a lobby or on a playground right now: few at night, many at rush hour.</summary>
internal sealed class PeopleCounterModel(DeviceContext context) : IDeviceModel
{
    private readonly double _mean = context.Trait("mean", 1.5, 5);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
        [NativePayload.Telemetry(now, ("people-count", random.Count(_mean * Habits.ComingAndGoing.At(context.Clock.At(now)))))];
}
