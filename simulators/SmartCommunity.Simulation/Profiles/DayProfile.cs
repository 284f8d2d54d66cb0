using System.Collections.Immutable;

namespace SmartCommunity.Simulation.Profiles;

/// <summary>How busy each hour of a day is: straight lines between 24 points, scaled so that a day's mean is 1.</summary>
public sealed class DayProfile
{
    private readonly ImmutableArray<double> _points;
    private readonly ImmutableArray<double> _through;

    /// <summary>Makes a profile.</summary>
    /// <param name="points">The weight at 0:00, 1:00 … 23:00; none negative, not all 0.</param>
    public DayProfile(params ReadOnlySpan<double> points)
    {
        if (points.Length != 24) throw new ArgumentException("A day has 24 hours.", nameof(points));
        var sum = 0.0;
        foreach (var point in points) sum += point >= 0 ? point : throw new ArgumentOutOfRangeException(nameof(points));
        if (sum <= 0) throw new ArgumentException("A day needs some weight.", nameof(points));

        var scaled = new double[24];
        for (var hour = 0; hour < 24; hour++) scaled[hour] = points[hour] * 24 / sum;
        _points = [.. scaled];

        var through = new double[25];
        for (var hour = 0; hour < 24; hour++) through[hour + 1] = through[hour] + ((scaled[hour] + scaled[(hour + 1) % 24]) / 48);
        _through = [.. through];
    }

    /// <summary>The weight at a time of day; 1 on average.</summary>
    public double At(TimeSpan timeOfDay)
    {
        var hour = Hour(timeOfDay, out var part);
        return _points[hour] + ((_points[(hour + 1) % 24] - _points[hour]) * part);
    }

    /// <summary>Which share of the day's total has come by a time of day: 0 to 1, never falling.</summary>
    public double Through(TimeSpan timeOfDay)
    {
        var hour = Hour(timeOfDay, out var part);
        return _through[hour] + ((_points[hour] + At(timeOfDay)) / 2 * part / 24);
    }

    private static int Hour(TimeSpan timeOfDay, out double part)
    {
        var hours = timeOfDay.TotalHours;
        var hour = Math.Min((int)hours, 23);
        part = hours - hour;
        return hour;
    }
}
