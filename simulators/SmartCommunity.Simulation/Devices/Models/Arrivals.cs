using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>Chance events at a rate that follows the day, between one step and the next.</summary>
internal sealed class Arrivals(DeviceContext context, WeekProfile profile, double perDay)
{
    // A device that paused says what is new, not everything that happened meanwhile.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);
    private DateTimeOffset? _last;

    /// <summary>The times of what happened since the last call, in order; nothing at the first call.</summary>
    public IReadOnlyList<DateTimeOffset> Until(DateTimeOffset now, SeededRandom random)
    {
        var from = _last ?? now;
        _last = now;
        if (now - from > LongestStep) from = now - LongestStep;
        var mean = perDay * (now - from).TotalDays * profile.At(context.Clock.At(now));
        var count = mean > 0 ? random.Count(Math.Min(mean, 40)) : 0;
        if (count == 0) return [];

        var times = new DateTimeOffset[count];
        for (var i = 0; i < count; i++) times[i] = from + random.Between(TimeSpan.Zero, now - from);
        Array.Sort(times);
        return times;
    }
}
