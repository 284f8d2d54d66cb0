using System.ComponentModel.DataAnnotations;

namespace SmartCommunity.Grains.Places;

/// <summary>How building and grid grains pace themselves.</summary>
public sealed record PlaceOptions
{
    /// <summary>
    /// How often clocks are looked at. Default 1 s: confirm windows and deadlines are seconds to minutes long, and a tick of an idle place costs microseconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan TickPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long changes of a summary are gathered before it is told. Default 250 ms: faster than an eye follows, slower than a storm.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan SummaryPeriod { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long clocks wait for more after a part that said that older records still wait behind it, or after a start. Default 5 s: longer than a gateway's back-off.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan BacklogPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many samples wait for the next checkpoint at most; reaching it stops the place until they are stored. An eighth of it is sent to the store in the
    /// background. Default 50,000: some megabytes per place.
    /// </summary>
    [Range(100, 10_000_000)]
    public int MaxPendingSamples { get; init; } = 50_000;
}
