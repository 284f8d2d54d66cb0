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
