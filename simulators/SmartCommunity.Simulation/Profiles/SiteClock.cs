namespace SmartCommunity.Simulation.Profiles;

/// <summary>
/// Local time at a site, for everything that follows people's days. It is standard time all year: summer time's jump back would make
/// counters that are functions of time run backwards.
/// </summary>
/// <param name="offset">The offset of standard time from UTC.</param>
public readonly struct SiteClock(TimeSpan offset)
{
    /// <summary>The clock of an IANA time zone.</summary>
    /// <exception cref="TimeZoneNotFoundException">There is no such zone.</exception>
    public static SiteClock Of(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone).BaseUtcOffset);

    /// <summary>Local standard time.</summary>
    public DateTime At(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime + offset, DateTimeKind.Unspecified);
}
