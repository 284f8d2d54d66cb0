namespace SmartCommunity.Gateway.Forwarding;

/// <summary>How long to wait after a failure: twice as long each time, up to a limit, shortened at random by up to a half. For one caller at a time.</summary>
internal sealed class RetryDelay(ForwarderOptions options, Random random)
{
    private TimeSpan _next = options.FirstRetry;

    internal TimeSpan Next()
    {
        var delay = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, options.LongestRetry.Ticks));
        return delay * (1 - (random.NextDouble() / 2));
    }

    internal void Reset() => _next = options.FirstRetry;
}
