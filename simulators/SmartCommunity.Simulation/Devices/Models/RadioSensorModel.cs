using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A sensor that has nothing to say but that it is there.</summary>
internal sealed class RadioSensorModel(DeviceContext context) : IDeviceModel
{
    private readonly Radio _radio = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
        [NativePayload.Telemetry(now, ("battery", _radio.Battery(now)), ("signal", _radio.Signal(now, random)))];
}

/// <summary>A water-leak sensor: dry, in a cool place.</summary>
internal sealed class WaterLeakSensorModel(DeviceContext context) : IDeviceModel
{
    private readonly Radio _radio = new(context);
    private readonly Climate _climate = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
    [
        NativePayload.Telemetry(
            now,
            ("water-level", 0),
            ("temperature", Math.Round(_climate.Temperature(now) - 1 + random.Noise(0.1), 1)),
            ("battery", _radio.Battery(now)),
            ("signal", _radio.Signal(now, random))),
    ];
}

/// <summary>A sensor under a manhole cover: closed, above the water.</summary>
internal sealed class ManholeSensorModel(DeviceContext context) : IDeviceModel
{
    private readonly Radio _radio = new(context);
    private readonly SmoothNoise _water = context.Drift("water", TimeSpan.FromHours(5));
    private readonly double _tilt = context.Trait("tilt", -1.5, 1.5);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
    [
        NativePayload.Telemetry(
            now,
            ("tilt", Math.Round(_tilt + random.Noise(0.1), 1)),
            ("water-level", Math.Round(Math.Max(0, 0.15 + (0.1 * _water.At(now))), 2)),
            ("battery", _radio.Battery(now)),
            ("signal", _radio.Signal(now, random))),
    ];
}
