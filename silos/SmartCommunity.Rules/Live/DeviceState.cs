using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Live;

/// <summary>What a place knows of one device's being heard. All times are Unix milliseconds.</summary>
internal sealed class DeviceState(DevicePlan plan) : ITimed
{
    /// <summary>No time.</summary>
    public const long Unset = long.MinValue;

    public DevicePlan Plan => plan;

    /// <summary>The time of its latest message, or <see cref="Unset"/>.</summary>
    public long LastSeen { get; set; } = Unset;

    /// <summary>From when its silence counts as long as it was never heard, or <see cref="Unset"/>.</summary>
    public long ToldAt { get; set; } = Unset;

    /// <summary>How many of the plan's silences have been told since it was last heard.</summary>
    public int SilencesTold { get; set; }

    /// <summary>Since when it is silent or said to be offline; <see cref="Unset"/> when it is neither. The next message ends it.</summary>
    public long QuietSince { get; set; } = Unset;

    /// <summary>Whether a condition that means silence is active for it.</summary>
    public bool IsOffline { get; set; }

    /// <summary>No silence counts before this; <see cref="Occurrence.Never"/> until time first passed.</summary>
    public long GraceUntil { get; set; } = Occurrence.Never;

    /// <inheritdoc/>
    public string TimerKey => plan.Facts.Id.Value;

    /// <inheritdoc/>
    public long Due
    {
        get
        {
            if (SilencesTold >= plan.Silences.Length || SilentFrom == Unset || GraceUntil == Occurrence.Never)
            {
                return Occurrence.Never;
            }

            var after = plan.Silences[SilencesTold].After;
            return Math.Max(SilentFrom + after, GraceUntil);
        }
    }

    /// <inheritdoc/>
    public long QueuedFor { get; set; } = Occurrence.Never;

    /// <summary>From when its silence is counted, or <see cref="Unset"/>.</summary>
    public long SilentFrom => LastSeen != Unset ? LastSeen : ToldAt;
}
