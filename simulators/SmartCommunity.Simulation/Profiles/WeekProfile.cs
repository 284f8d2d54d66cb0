namespace SmartCommunity.Simulation.Profiles;

/// <summary>A weekday's profile and a weekend day's, with how much more or less a weekend day has in all.</summary>
/// <param name="weekday">Monday to Friday.</param>
/// <param name="weekend">Saturday and Sunday.</param>
/// <param name="weekendShare">A weekend day's total in weekday totals; above 0.</param>
public sealed class WeekProfile(DayProfile weekday, DayProfile weekend, double weekendShare)
{
    // A Monday. Counters are totals since then, so it lies before any time that a simulation runs at.
    private static readonly DateTime Start = new(2020, 1, 6, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>How busy it is: 1 is a weekday's mean.</summary>
    public double At(DateTime local) => IsWeekend(local) ? weekendShare * weekend.At(local.TimeOfDay) : weekday.At(local.TimeOfDay);

    /// <summary>What has come since 2020, in totals of a weekday; never falls as time goes on.</summary>
    public double Total(DateTime local)
    {
        var days = (int)(local.Date - Start).TotalDays;
        var week = Math.DivRem(days, 7, out var dayOfWeek);
        var weekTotal = 5 + (2 * weekendShare);
        var before = Math.Min(dayOfWeek, 5) + (Math.Max(dayOfWeek - 5, 0) * weekendShare);
        var today = IsWeekend(local) ? weekendShare * weekend.Through(local.TimeOfDay) : weekday.Through(local.TimeOfDay);
        return (week * weekTotal) + before + today;
    }

    private static bool IsWeekend(DateTime local) => local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
