namespace SmartCommunity.Mqtt.Client.Reconnecting;

/// <summary>The waits between tries: each up to twice the last, up to a limit, with a part left to chance.</summary>
/// <param name="options">First and longest wait, and the jitter.</param>
/// <param name="random">The source of chance; used by one caller at a time.</param>
internal sealed class Backoff(ReconnectOptions options, Random random)
{
    private TimeSpan _next = options.FirstDelay;

    /// <summary>The next wait: of [(1 − jitter) × step, step].</summary>
    public TimeSpan Next()
    {
        var step = _next;
        _next = TimeSpan.FromTicks(Math.Min(step.Ticks * 2, options.LongestDelay.Ticks));
        return step * (1 - (options.Jitter * random.NextDouble()));
    }

    /// <summary>Starts again after a success.</summary>
    public void Reset() => _next = options.FirstDelay;
}
