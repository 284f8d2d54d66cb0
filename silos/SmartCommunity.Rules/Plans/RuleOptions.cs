namespace SmartCommunity.Rules.Plans;

/// <summary>How rules deal with time; the same for all rules of a place.</summary>
public sealed record RuleOptions
{
    /// <summary>
    /// How far behind the latest input of a place another input may be without time having run out for it, as long as input alone lets time pass. Default 30 s: the
    /// clocks of devices that have a time server differ by less, and so do the ways over which their messages come. 0 to 1 h.
    /// </summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// An input that is older than the latest word of its source by more than this is not late: the source's clock was set back, and what it says now counts.
    /// Default 10 min: no resend takes that long, and a wrong zone or a lost battery is off by more. 1 min to 1 d, and not shorter than <see cref="Lateness"/>.
    /// </summary>
    public TimeSpan ClockStep { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after a restart nothing counts as silent, unless its own limit is shorter. Default 10 min: devices reconnect with a back-off of some minutes,
    /// and gateways first deliver what they kept. 0 to 1 d; 0 keeps the old deadlines, as if there had been no restart.
    /// </summary>
    public TimeSpan RestartGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a condition that is over is remembered, so that late and doubled input does not open it again. Default 30 min: longer than a session's
    /// resend takes, short enough for the memory of one-off keys. 1 min to 1 d, and not shorter than <see cref="Lateness"/>.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>In which zone texts state times. Default: China's, without daylight saving.</summary>
    public TimeZoneInfo TimeZone { get; init; } = ChinaTime;

    private static readonly TimeZoneInfo ChinaTime = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "Asia/Shanghai", "CST");

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Lateness, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lateness, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(ClockStep, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ClockStep, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(ClockStep, Lateness);
        ArgumentOutOfRangeException.ThrowIfLessThan(RestartGrace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RestartGrace, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retention, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention, Lateness);
    }
}
