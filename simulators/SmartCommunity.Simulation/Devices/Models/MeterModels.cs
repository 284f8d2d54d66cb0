using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A main electricity meter. The register counts in steps of 0.1 kWh and is a function of time, so it never runs backwards.</summary>
internal sealed class PowerMeterModel(DeviceContext context) : IDeviceModel
{
    private readonly SmoothNoise _load = context.Drift("load", TimeSpan.FromMinutes(12));
    private readonly SmoothNoise _grid = context.Drift("grid", TimeSpan.FromMinutes(35));
    private readonly double _meanKilowatts = context.Trait("mean", 12, 45);
    private readonly double _register = context.Trait("register", 10_000, 90_000);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var local = context.Clock.At(now);
        var watts = 1000 * _meanKilowatts * Habits.Power.At(local) * (1 + (0.15 * _load.At(now)) + random.Noise(0.02));
        var volts = 226 + (4 * _grid.At(now)) - (2 * Habits.Power.At(local)) + random.Noise(0.3);
        var energy = _register + (24 * _meanKilowatts * Habits.Power.Total(local));
        return
        [
            NativePayload.Telemetry(
                now,
                ("power", Math.Round(watts)),
                ("energy", Math.Round(Math.Floor(energy * 10) / 10, 1)),
                ("voltage", Math.Round(volts, 1)),
                // Three phases share the load; the power factor of housing is about 0.95.
                ("current", Math.Round(watts / (3 * volts * 0.95), 1))),
        ];
    }
}

/// <summary>A water meter with a pulse per 10 litres; the register is a function of time.</summary>
internal sealed class WaterMeterModel(DeviceContext context) : IDeviceModel
{
    private readonly SmoothNoise _taps = context.Drift("taps", TimeSpan.FromMinutes(3));
    private readonly SmoothNoise _pump = context.Drift("pump", TimeSpan.FromMinutes(20));
    private readonly double _dailyCubicMetres = context.Trait("mean", 8, 40);
    private readonly double _register = context.Trait("register", 2_000, 30_000);
    private readonly Radio _radio = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var local = context.Clock.At(now);
        var flow = _dailyCubicMetres / 24 * Habits.Water.At(local) * Math.Max(0, 1 + (0.7 * _taps.At(now)) + random.Noise(0.05));
        var volume = _register + (_dailyCubicMetres * Habits.Water.Total(local));
        return
        [
            NativePayload.Telemetry(
                now,
                ("water-volume", Math.Round(Math.Floor(volume * 100) / 100, 2)),
                ("water-flow", Math.Round(flow, 3)),
                ("water-pressure", Math.Round(340 + (18 * _pump.At(now)) - (8 * Habits.Water.At(local)) + random.Noise(1.5))),
                ("battery", _radio.Battery(now))),
        ];
    }
}
