using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>Air in a room, a garage or outdoors. CO2 and noise follow people; particles follow the weather.</summary>
internal sealed class EnvironmentSensorModel(DeviceContext context) : IDeviceModel
{
    private readonly Climate _climate = new(context);
    private readonly SmoothNoise _air = context.Drift("air", TimeSpan.FromHours(26));
    private readonly SmoothNoise _room = context.Drift("room", TimeSpan.FromMinutes(50));
    private readonly double _people = context.Site.Building is null ? 0.05 : context.Trait("people", 0.5, 1);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var local = context.Clock.At(now);
        var busy = Habits.ComingAndGoing.At(local);
        var co2 = 425 + (_people * (190 * busy)) + (45 * (1 + _room.At(now))) + random.Noise(6);
        var particles = 34 + (24 * _air.At(now)) + (6 * _room.At(now)) + random.Noise(1.5);
        var noise = 37 + (7 * Math.Sqrt(busy)) + (3 * _room.At(now)) + random.Noise(1.5);
        return
        [
            NativePayload.Telemetry(
                now,
                ("temperature", Math.Round(_climate.Temperature(now) + random.Noise(0.08), 1)),
                ("humidity", Math.Round(Math.Clamp(_climate.Humidity(now) + random.Noise(0.4), 0, 100), 1)),
                ("co2", Math.Round(co2)),
                ("pm25", Math.Round(Math.Max(2, particles))),
                ("noise", Math.Round(noise, 1))),
        ];
    }
}
