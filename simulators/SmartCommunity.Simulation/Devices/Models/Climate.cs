using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>Temperature and humidity at a device's place: season, time of day and weather, damped by walls and more so by earth.</summary>
internal sealed class Climate
{
    private readonly DeviceContext _context;
    private readonly SmoothNoise _weather;
    private readonly SmoothNoise _moisture;
    private readonly double _own;
    private readonly double _openness;
    private readonly double _base;

    public Climate(DeviceContext context)
    {
        _context = context;
        _weather = context.Drift("weather", TimeSpan.FromHours(9));
        _moisture = context.Drift("moisture", TimeSpan.FromHours(7));
        _own = context.Trait("temperature", -0.8, 0.8);
        // How much of the outdoor swing arrives here, and what the place would have without it.
        (_openness, _base) = context.Site switch
        {
            { IsBelowGround: true } => (0.2, 17.5),
            { Building: not null } => (0.3, 22.5),
            _ => (1.0, 16.5),
        };
    }

    /// <summary>In °C, without a sensor's noise.</summary>
    public double Temperature(DateTimeOffset time)
    {
        var local = _context.Clock.At(time);
        var season = 11.5 * Math.Cos(2 * Math.PI * (local.DayOfYear - 205) / 365.25);
        var day = 4.5 * Math.Cos(2 * Math.PI * (local.TimeOfDay.TotalHours - 15) / 24);
        return _base + _own + (_openness * (season + day + (2.5 * _weather.At(time))));
    }

    /// <summary>In % relative humidity, without a sensor's noise: drier in the warm afternoon.</summary>
    public double Humidity(DateTimeOffset time)
    {
        var day = -9 * Math.Cos(2 * Math.PI * (_context.Clock.At(time).TimeOfDay.TotalHours - 15) / 24);
        return Math.Clamp(60 + (_openness * day) + (13 * _moisture.At(time)), 20, 98);
    }
}
