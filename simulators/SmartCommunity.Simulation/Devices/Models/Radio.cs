using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A radio sensor's battery and signal.</summary>
internal sealed class Radio
{
    private static readonly DateTimeOffset Epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SmoothNoise _fading;
    private readonly double _distance;
    private readonly double _batteryDays;
    private readonly double _phase;

    public Radio(DeviceContext context)
    {
        _fading = context.Drift("fading", TimeSpan.FromMinutes(40));
        _distance = context.Trait("signal", -96, -58);
        _batteryDays = context.Trait("battery-days", 500, 1100);
        _phase = context.Trait("battery-phase", 0, 1);
    }

    /// <summary>In dBm.</summary>
    public double Signal(DateTimeOffset now, SeededRandom random) => Math.Round(_distance + (4 * _fading.At(now)) + random.Noise(1.2));

    /// <summary>In %: a lithium cell holds for long, then sags; it is changed at about 20 %.</summary>
    public double Battery(DateTimeOffset now)
    {
        var lives = _phase + ((now - Epoch).TotalDays / _batteryDays);
        var used = lives - Math.Floor(lives);
        return Math.Round(100 - (50 * used) - (30 * used * used * used), 1);
    }
}
