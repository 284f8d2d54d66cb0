using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>
/// A lift. The trip counter is a function of time, and each trip's landings are a function of its number: every second trip ends at the ground
/// floor, the others anywhere.
/// </summary>
internal sealed class LiftMonitorModel(DeviceContext context) : IDeviceModel
{
    private const double MetresPerFloor = 3;
    private const double MetresPerSecond = 1.75;
    private readonly double _tripsPerDay = context.Trait("trips", 180, 420);
    private readonly double _counter = context.Trait("counter", 20_000, 400_000);
    private readonly Climate _climate = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var local = context.Clock.At(now);
        var trips = _counter + (_tripsPerDay * Habits.ComingAndGoing.Total(local));
        var trip = (long)Math.Floor(trips);
        var seconds = (trips - trip) * 86_400 / (_tripsPerDay * Math.Max(Habits.ComingAndGoing.At(local), 0.01));
        var (floor, speed) = Position(Landing(trip - 1), Landing(trip), seconds);
        return
        [
            NativePayload.Telemetry(
                now,
                ("lift-floor", floor),
                ("lift-speed", speed),
                ("lift-trips", trip),
                ("temperature", Math.Round(_climate.Temperature(now) + 4 + random.Noise(0.2), 1))),
        ];
    }

    private static (double Floor, double Speed) Position(int from, int to, double seconds)
    {
        var travelled = seconds * MetresPerSecond / MetresPerFloor;
        if (travelled >= Math.Abs(to - from)) return (to, 0);
        var direction = Math.Sign(to - from);
        return (from + (direction * Math.Floor(travelled)), direction * MetresPerSecond);
    }

    private int Landing(long trip) =>
        trip % 2 == 0 ? 1 : 1 + (int)(Hashing.Unit(context.Random.Seed, trip) * Math.Max(context.Site.BuildingFloors, 1));
}
