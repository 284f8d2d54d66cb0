using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A smoke detector: next to nothing in the chamber, a little more while people cook.</summary>
internal sealed class SmokeDetectorModel(DeviceContext context) : IDeviceModel
{
    private readonly Radio _radio = new(context);
    private readonly Climate _climate = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var cooking = 0.02 * Profiles.Habits.Power.At(context.Clock.At(now));
        return
        [
            NativePayload.Telemetry(
                now,
                ("smoke-density", Math.Round(Math.Max(0, 0.04 + cooking + random.Noise(0.015)), 3)),
                ("temperature", Math.Round(_climate.Temperature(now) + random.Noise(0.15), 1)),
                ("battery", _radio.Battery(now)),
                ("signal", _radio.Signal(now, random))),
        ];
    }
}

/// <summary>A combustible-gas detector on mains power: the zero drifts a little.</summary>
internal sealed class GasDetectorModel(DeviceContext context) : IDeviceModel
{
    private readonly SmoothNoise _zero = context.Drift("zero", TimeSpan.FromHours(11));
    private readonly Climate _climate = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
    [
        NativePayload.Telemetry(
            now,
            ("gas", Math.Round(Math.Max(0, 0.5 + (0.4 * _zero.At(now)) + random.Noise(0.08)), 1)),
            ("co", Math.Round(Math.Max(0, 1.5 + _zero.At(now) + random.Noise(0.3)))),
            ("temperature", Math.Round(_climate.Temperature(now) + 1.5 + random.Noise(0.15), 1))),
    ];
}
