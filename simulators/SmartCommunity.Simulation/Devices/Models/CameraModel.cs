using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A camera that only watches: it reports the light it sees.</summary>
internal sealed class CameraModel(DeviceContext context) : IDeviceModel
{
    private readonly Daylight _daylight = new(context);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random) =>
        [NativePayload.Telemetry(now, ("illuminance", _daylight.At(now, random)))];
}

/// <summary>Light on a camera's scene in lx: sun and clouds by day, lamps at night.</summary>
internal sealed class Daylight(DeviceContext context)
{
    private readonly SmoothNoise _clouds = context.Drift("clouds", TimeSpan.FromMinutes(25));
    private readonly double _lamps = context.Trait("lamps", 8, 30);
    private readonly double _openness = context.Site.IsBelowGround ? 0 : context.Trait("openness", 0.3, 1);

    public double At(DateTimeOffset now, SeededRandom random)
    {
        var height = Math.Max(0, Math.Cos(2 * Math.PI * (context.Clock.At(now).TimeOfDay.TotalHours - 12.5) / 24));
        var sun = 42_000 * _openness * height * height * (0.6 + (0.4 * _clouds.At(now)));
        return Math.Round(Math.Max(0, (_lamps + sun) * (1 + random.Noise(0.01))));
    }
}
